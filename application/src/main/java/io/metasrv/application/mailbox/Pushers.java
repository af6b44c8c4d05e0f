package io.metasrv.application.mailbox;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The heartbeat streams of one term, by node. A stream is taken out by its identity: the late end
 * of an old stream leaves the newer one of the same node alone (sheet 04 §25 no. 1). Thread-safe;
 * nothing here blocks on a node.
 */
public final class Pushers {

  private final Metrics.Gauge connections;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<PusherKey, Pusher> byKey = new TreeMap<>();
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
    Pusher replaced;
    Pusher pusher;
    lock.lock();
    try {
      if (closed) {
        return Optional.empty();
      }
      long id = role == NodeRole.FRONTEND ? nextFrontend++ : memberId;
      pusher = new Pusher(new PusherKey(role, id), stream);
      replaced = byKey.put(pusher.key(), pusher);
      connections.set(byKey.size());
    } finally {
      lock.unlock();
    }
    if (replaced != null) {
      replaced.close();
    }
    return Optional.of(pusher);
  }

  /** Takes the stream out, unless it was replaced already; whoever waits on it fails. */
  public void deregister(Pusher pusher) {
    lock.lock();
    try {
      if (byKey.remove(pusher.key(), pusher)) {
        connections.set(byKey.size());
      }
    } finally {
      lock.unlock();
    }
    pusher.close();
  }

  /** The stream of a node. */
  public Optional<Pusher> find(PusherKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(byKey.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** The streams of all nodes of a role at this moment, ascending by id. */
  public List<Pusher> ofRole(NodeRole role) {
    lock.lock();
    try {
      return byKey.values().stream().filter(pusher -> pusher.key().role() == role).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Number of streams. */
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
      all = List.copyOf(byKey.values());
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
