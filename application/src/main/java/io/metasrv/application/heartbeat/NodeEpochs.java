package io.metasrv.application.heartbeat;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Which start of each node was seen last, so that a restart is noticed and announced. Something is
 * kept beside each epoch and worked on by one heartbeat at a time. Thread-safe.
 *
 * @param <T> what is kept of a node
 */
final class NodeEpochs<T> {

  private final ConcurrentHashMap<Long, Entry<T>> nodes = new ConcurrentHashMap<>();
  private final Supplier<T> fresh;

  NodeEpochs(Supplier<T> fresh) {
    this.fresh = fresh;
  }

  /** How a heartbeat relates to those before it. */
  enum Arrival {
    /** The first of the node in this term, or of a new start of it. */
    NEW_START,
    /** Of the same start as the last. */
    SAME_START,
    /** Of an older start: it is late, and nothing of it counts. */
    OLD_START
  }

  /** Works on what is kept of a node. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does the work.
     *
     * @param announce whether a new start still has to be announced
     * @return whether it was announced; if not, the next heartbeat is asked again
     */
    boolean run(Arrival arrival, boolean announce, T kept);
  }

  /** Works on the node while no other heartbeat of it does. */
  void visit(long nodeId, long epoch, Work<T> work) {
    Entry<T> entry = nodes.computeIfAbsent(nodeId, id -> new Entry<>(fresh.get()));
    entry.lock.lock();
    try {
      Arrival arrival = entry.arrival(epoch);
      if (arrival == Arrival.NEW_START) {
        entry.known = true;
        entry.epoch = epoch;
        entry.unannounced = true;
      }
      boolean announce = entry.unannounced && arrival != Arrival.OLD_START;
      if (work.run(arrival, announce, entry.kept)) {
        entry.unannounced = false;
      }
    } finally {
      entry.lock.unlock();
    }
  }

  private static final class Entry<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final T kept;
    private long epoch;
    private boolean known;
    private boolean unannounced;

    Entry(T kept) {
      this.kept = kept;
    }

    Arrival arrival(long reported) {
      int order = Long.compareUnsigned(reported, epoch);
      if (!known || order > 0) {
        return Arrival.NEW_START;
      }
      return order < 0 ? Arrival.OLD_START : Arrival.SAME_START;
    }
  }
}
