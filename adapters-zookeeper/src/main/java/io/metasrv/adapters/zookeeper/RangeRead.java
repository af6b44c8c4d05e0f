package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/**
 * Reads the pairs of a range as they were at one moment. Keys come from the index; values are read
 * in groups; what changes meanwhile is read again, until an answer comes at which nothing read has
 * changed since. That is the moment.
 *
 * <p>Apart from {@link #result}, {@link #lastProgress} and {@link #passes} everything happens on
 * the session's event thread.
 */
final class RangeRead {

  /** Keys in one request; a request of so many, each of the greatest length, is far below 1 MiB. */
  private static final int GROUP = 64;

  private static final int MOST_GROUPS_UNDER_WAY = 16;

  /** As long as nobody knows how large the values are. */
  private static final int FIRST_GROUPS_UNDER_WAY = 2;

  /** Bytes of values that may be on their way at once, as far as the ones before let us guess. */
  private static final long MOST_BYTES_UNDER_WAY = 32 << 20;

  private final Layout layout;
  private final KeyRange range;
  private final RangeOptions options;
  private final long maxBytes;
  private final CompletableFuture<Page> result = new CompletableFuture<>();
  private final Map<Bytes, NodeValue> values = new HashMap<>();
  private final Set<Bytes> changed = new HashSet<>();
  private List<Bytes> window = List.of();
  private List<Bytes> missing = List.of();
  private boolean more;
  private long bytes;
  private int nextMissing;
  private int underWay;
  private final AtomicInteger passes = new AtomicInteger();
  private volatile long lastProgress = System.nanoTime();

  /**
   * @param maxBytes most bytes of values in one answer
   */
  RangeRead(Layout layout, KeyRange range, RangeOptions options, long maxBytes) {
    this.layout = layout;
    this.range = range;
    this.options = options;
    this.maxBytes = maxBytes;
  }

  /** What was read; values still in the form of the znodes. */
  record Page(List<Bytes> keys, Map<Bytes, NodeValue> values, boolean more) {}

  /** The values are more than one answer may hold. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Sends the barrier and, once it is answered, reads. */
  CompletableFuture<Page> start(ZooKeeperSession session) {
    ZooKeeper handle = session.handle();
    AsyncCallback.VoidCallback barrier =
        (rc, path, ctx) -> {
          if (rc == 0) {
            session.index().begin(handle, this);
          } else {
            fail(Requests.failure(rc, layout.keys()));
          }
        };
    handle.sync(layout.keys(), barrier, null);
    return result;
  }

  /** By the monotonic clock: when the last answer came. */
  long lastProgress() {
    return lastProgress;
  }

  /** Only until everything was read once: to be overtaken again and again is no progress. */
  void noteProgress() {
    if (passes.get() <= 1) {
      lastProgress = System.nanoTime();
    }
  }

  /** Whether everything was read, but others changed some of it meanwhile. */
  boolean isOvertaken() {
    return passes.get() > 1;
  }

  void fail(Exception failure) {
    result.completeExceptionally(failure);
  }

  /** A key was created, changed or removed. */
  void changed(Bytes key) {
    if (range.contains(key)) {
      changed.add(key);
    }
  }

  /** Called with an answer in hand and no request under way: looks what is left to read. */
  void proceed(KeyIndex index, ZooKeeper session) {
    noteProgress();
    if (result.isDone()) {
      index.end(this);
      return;
    }
    look(index.keys());
    if (options.keysOnly() || missing.isEmpty()) {
      index.end(this);
      values.keySet().retainAll(new HashSet<>(window));
      result.complete(new Page(window, values, more));
      return;
    }
    int unused = passes.incrementAndGet();
    nextMissing = 0;
    readMore(index, session);
  }

  private void readMore(KeyIndex index, ZooKeeper session) {
    while (underWay < groupsAtOnce() && nextMissing < missing.size()) {
      readGroup(index, session);
    }
  }

  private int groupsAtOnce() {
    if (values.isEmpty()) {
      return FIRST_GROUPS_UNDER_WAY;
    }
    long bytesOfGroup = Math.max(1, bytes / values.size() * GROUP);
    return (int) Math.clamp(MOST_BYTES_UNDER_WAY / bytesOfGroup, 1, MOST_GROUPS_UNDER_WAY);
  }

  private void look(NavigableSet<Bytes> keys) {
    NavigableSet<Bytes> from = keys.tailSet(range.start(), true);
    int limit = options.limit() == 0 ? Integer.MAX_VALUE : options.limit();
    List<Bytes> found = new ArrayList<>();
    more = false;
    for (Bytes key : from) {
      if (!range.contains(key)) {
        break;
      }
      if (found.size() == limit) {
        more = true;
        break;
      }
      found.add(key);
    }
    window = found;
    if (!options.keysOnly()) {
      changed.forEach(key -> replace(key, Optional.empty()));
      changed.clear();
      missing = window.stream().filter(key -> !values.containsKey(key)).toList();
    }
  }

  private void readGroup(KeyIndex index, ZooKeeper session) {
    List<Bytes> group = missing.subList(nextMissing, Math.min(missing.size(), nextMissing + GROUP));
    nextMissing += group.size();
    underWay++;
    Requests.readAll(
        session,
        group.stream().map(layout::key).toList(),
        nodes -> {
          underWay--;
          if (result.isDone()) {
            index.end(this);
          } else {
            take(index, session, group, nodes);
          }
        },
        failure -> {
          index.end(this);
          fail(failure);
        });
  }

  private void take(
      KeyIndex index, ZooKeeper session, List<Bytes> group, List<Optional<Requests.Node>> nodes) {
    noteProgress();
    try {
      for (int i = 0; i < group.size(); i++) {
        Bytes key = group.get(i);
        // Whatever was said to have changed before this answer is in it.
        changed.remove(key);
        replace(key, nodes.get(i).map(node -> NodeValue.decode(node.data())));
      }
    } catch (IllegalArgumentException damaged) {
      index.end(this);
      fail(damaged);
      return;
    }
    if (bytes > maxBytes) {
      index.end(this);
      fail(new TooLarge());
    } else if (nextMissing < missing.size()) {
      readMore(index, session);
    } else if (underWay == 0) {
      proceed(index, session);
    }
  }

  private void replace(Bytes key, Optional<NodeValue> value) {
    NodeValue old = values.remove(key);
    bytes -= old == null ? 0 : old.length();
    value.ifPresent(
        read -> {
          values.put(key, read);
          bytes += read.length();
        });
  }

  /** The caller does not wait any more. */
  void abandon() {
    fail(KeeperException.create(KeeperException.Code.OPERATIONTIMEOUT, layout.keys()));
  }
}
