package io.metasrv.adapters.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writes waiting for the one writer. Callers add, the writer takes all there are at once.
 *
 * <p>Callers that share a sync come back at about the same time, but not at once: a writer that
 * took the first to come would sync for it alone while the rest wait. So after a group of several
 * the writer waits for as many again, at most an eighth of what the last sync took; a lone caller
 * never waits. (PostgreSQL's {@code commit_delay} and {@code commit_siblings} are the same idea.)
 */
final class RequestQueue {

  private static final int PATIENCE_DIVISOR = 8;

  /** Nobody waits longer than this, however slow the disk. */
  private static final Duration MOST_PATIENCE = Duration.ofMillis(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition enoughOrClosed = lock.newCondition();
  private final Deque<WriteRequest<?>> queue = new ArrayDeque<>();

  /** How many have to be queued for the writer to be woken. */
  private int enough = 1;

  private boolean closed;

  /** Whether the writer would not have to wait; for a look without the lock. */
  private volatile boolean ready;

  /** Adds a request; false if the queue is closed. */
  boolean add(WriteRequest<?> request) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      queue.addLast(request);
      ready = true;
      if (queue.size() >= enough) {
        enoughOrClosed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something is queued, or the queue is closed. */
  boolean isReady() {
    return ready;
  }

  /**
   * Waits until something is queued, and a moment longer for as many as came the last time.
   *
   * @param lastGroup how many requests shared the last sync
   * @param lastSync how long it took
   * @return all that is queued, in order; empty once closed with nothing left
   */
  Deque<WriteRequest<?>> takeAll(int lastGroup, Duration lastSync) {
    lock.lock();
    try {
      enough = 1;
      while (queue.isEmpty() && !closed) {
        enoughOrClosed.awaitUninterruptibly();
      }
      gather(lastGroup, patience(lastSync));
      Deque<WriteRequest<?>> taken = new ArrayDeque<>(queue);
      queue.clear();
      ready = closed;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void gather(int wanted, Duration patience) {
    enough = wanted;
    long left = patience.toNanos();
    try {
      while (queue.size() < wanted && !closed && left > 0) {
        left = enoughOrClosed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Only a stranger can have meant the writer; it has no one to report to, and goes on.
      Thread.currentThread().interrupt();
    }
  }

  private static Duration patience(Duration lastSync) {
    Duration share = lastSync.dividedBy(PATIENCE_DIVISOR);
    return share.compareTo(MOST_PATIENCE) < 0 ? share : MOST_PATIENCE;
  }

  /** Lets nothing in any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      ready = true;
      enoughOrClosed.signal();
    } finally {
      lock.unlock();
    }
  }
}
