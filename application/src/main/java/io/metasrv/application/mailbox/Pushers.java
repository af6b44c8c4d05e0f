package io.metasrv.application.mailbox;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The heartbeat streams of one term, by node. A stream is taken out by its identity: the late end
 * of an old stream leaves the newer one of the same node alone (sheet 04 §25 no. 1). A stream that
 * was replaced is still served until it ends by itself, and ends with the term as all do. Should
 * the one that replaced it end first (a node gave it up while it was still on its way), the node is
 * reached through the older one again. Thread-safe; nothing here blocks on a node.
 */
public final class Pushers {

  private final Metrics.Gauge connections;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * The streams of each node that are served, the one it is reached through last; none is empty.
   */
  private final TreeMap<PusherKey, ArrayDeque<Pusher>> byKey = new TreeMap<>();

  private long nextFrontend;
  private boolean closed;

  public Pushers(Metrics metrics) {
    this.connections = metrics.gauge(MetricNames.HEARTBEAT_CONNECTION_NUM);
  }

  /**
   * Registers a stream; an older one of the same node is replaced, and whoever waits for a reply
   * over that one fails.
   *
   * @param memberId the node's id; frontends get a number of their own instead
   * @return empty once the term is over
   */
  public Optional<Pusher> register(NodeRole role, long memberId, NodeStream stream) {
    lock.lock();
    try {
      if (closed) {
        return Optional.empty();
      }
      long id = role == NodeRole.FRONTEND ? nextFrontend++ : memberId;
      Pusher pusher = new Pusher(new PusherKey(role, id), stream);
      ArrayDeque<Pusher> streams = byKey.computeIfAbsent(pusher.key(), key -> new ArrayDeque<>());
      if (!streams.isEmpty()) {
        streams.getLast().close();
      }
      streams.addLast(pusher);
      connections.set(byKey.size());
      return Optional.of(pusher);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The stream is served no more: takes it out, and leaves alone the one that replaced it; whoever
   * waits on it fails.
   */
  public void deregister(Pusher pusher) {
    lock.lock();
    try {
      ArrayDeque<Pusher> streams = byKey.get(pusher.key());
      if (streams != null) {
        take(pusher, streams);
        connections.set(byKey.size());
      }
    } finally {
      lock.unlock();
    }
    pusher.close();
  }

  private void take(Pusher pusher, ArrayDeque<Pusher> streams) {
    boolean wasReached = streams.peekLast() == pusher;
    streams.remove(pusher);
    if (streams.isEmpty()) {
      byKey.remove(pusher.key());
    } else if (wasReached) {
      streams.getLast().reopen();
    }
  }

  /** The stream of a node. */
  public Optional<Pusher> find(PusherKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(byKey.get(key)).map(ArrayDeque::getLast);
    } finally {
      lock.unlock();
    }
  }

  /** The streams of all nodes of a role at this moment, ascending by id. */
  public List<Pusher> ofRole(NodeRole role) {
    lock.lock();
    try {
      return byKey.values().stream()
          .map(ArrayDeque::getLast)
          .filter(pusher -> pusher.key().role() == role)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Number of nodes that can be reached. */
  public int size() {
    lock.lock();
    try {
      return byKey.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends every stream and takes no more: the term is over. */
  public void closeAll(StreamEnd reason) {
    List<Pusher> all;
    lock.lock();
    try {
      closed = true;
      all = byKey.values().stream().flatMap(ArrayDeque::stream).toList();
      byKey.clear();
      connections.set(0);
    } finally {
      lock.unlock();
    }
    for (Pusher pusher : all) {
      pusher.end(reason);
      pusher.close();
    }
  }
}
