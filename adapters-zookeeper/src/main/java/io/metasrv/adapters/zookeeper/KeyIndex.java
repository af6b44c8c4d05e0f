package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that exist, in order: what ZooKeeper itself cannot say. Filled by listing all shards
 * once, then kept by one recursive watch; thrown away when the connection is lost, because events
 * missed meanwhile are not made up for, and filled anew when somebody asks.
 *
 * <p>Lives on the event thread of one session alone, so it needs no lock: events and answers come
 * there in the order in which the server made them. An answer therefore stands between two
 * transactions, never inside one, and what the index holds at that moment is what the server held.
 */
final class KeyIndex implements Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(KeyIndex.class);

  private enum State {
    EMPTY,
    BUILDING,
    READY
  }

  private final Layout layout;
  private final String prefix;
  private final NavigableSet<Bytes> keys = new TreeSet<>();
  private final BitSet listed = new BitSet(KeyNames.SHARDS);
  private final List<RangeRead> waiting = new ArrayList<>();
  private final List<RangeRead> active = new ArrayList<>();
  private State state = State.EMPTY;

  /** Tells the answers of the current build from those of one that was given up. */
  private int build;

  KeyIndex(Layout layout) {
    this.layout = layout;
    this.prefix = layout.keys() + "/";
  }

  /** Begins a read; called with an answer in hand, so at a moment between two transactions. */
  void begin(ZooKeeper session, RangeRead read) {
    if (state == State.READY) {
      active.add(read);
      read.proceed(this, session);
    } else {
      waiting.add(read);
      if (state == State.EMPTY) {
        fill(session);
      }
    }
  }

  /** The read has ended and wants no more news. */
  void end(RangeRead read) {
    active.remove(read);
    waiting.remove(read);
  }

  /** All keys. Not to be kept: it changes with the next event. */
  NavigableSet<Bytes> keys() {
    return keys;
  }

  /** The content is not to be trusted any more. */
  void disconnected() {
    giveUp(KeeperException.Code.CONNECTIONLOSS);
  }

  private void giveUp(KeeperException.Code reason) {
    state = State.EMPTY;
    build++;
    keys.clear();
    listed.clear();
    List<RangeRead> open = new ArrayList<>(active);
    open.addAll(waiting);
    active.clear();
    waiting.clear();
    open.forEach(read -> read.fail(KeeperException.create(reason, layout.keys())));
  }

  private void fill(ZooKeeper session) {
    state = State.BUILDING;
    int current = build;
    AsyncCallback.VoidCallback watched = (rc, path, ctx) -> failUnless(rc, current);
    session.addWatch(
        layout.keys(), this, AddWatchMode.PERSISTENT_RECURSIVE, watched, "watch of all keys");
    for (int i = 0; i < KeyNames.SHARDS; i++) {
      int shard = i;
      AsyncCallback.ChildrenCallback callback =
          (rc, path, ctx, names) -> {
            if (failUnless(rc, current)) {
              addAll(session, shard, names);
            }
          };
      session.getChildren(layout.keyShard(shard), false, callback, null);
    }
  }

  /** Whether the answer is good and still wanted. */
  private boolean failUnless(int rc, int ofBuild) {
    if (ofBuild != build) {
      return false;
    }
    if (rc != KeeperException.Code.OK.intValue()) {
      giveUp(KeeperException.Code.get(rc));
      return false;
    }
    return true;
  }

  private void addAll(ZooKeeper session, int shard, List<String> names) {
    names.forEach(name -> decode(name).ifPresent(keys::add));
    listed.set(shard);
    waiting.forEach(RangeRead::noteProgress);
    if (listed.cardinality() == KeyNames.SHARDS) {
      state = State.READY;
      List<RangeRead> ready = List.copyOf(waiting);
      waiting.clear();
      active.addAll(ready);
      ready.forEach(read -> read.proceed(this, session));
    }
  }

  @Override
  public void process(WatchedEvent event) {
    String path = event.getPath();
    // .../kv/XX/NAME; events of the parents, or of what somebody put beneath a key, say nothing.
    int slash = prefix.length() + 2;
    if (state == State.EMPTY
        || path == null
        || !path.startsWith(prefix)
        || path.lastIndexOf('/') != slash
        || path.length() == slash + 1) {
      return;
    }
    if (!listed.get(Integer.parseInt(path, prefix.length(), slash, 16))) {
      // The list is still to come and will show it.
      return;
    }
    decode(path.substring(slash + 1)).ifPresent(key -> apply(event.getType(), key));
  }

  private void apply(Event.EventType type, Bytes key) {
    switch (type) {
      case NodeCreated -> keys.add(key);
      case NodeDeleted -> keys.remove(key);
      default -> {
        // The key is there as before; its value is another.
      }
    }
    active.forEach(read -> read.changed(key));
  }

  private static java.util.Optional<Bytes> decode(String name) {
    try {
      return java.util.Optional.of(KeyNames.decode(name));
    } catch (IllegalArgumentException e) {
      LOG.warn("A znode named '{}' among the keys is no key of ours and is left out", name);
      return java.util.Optional.empty();
    }
  }
}
