package io.metasrv.adapters.zookeeper;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connection of one campaign and of the term it wins. Ending it takes bounded time and makes
 * the servers forget the session at once if they can be reached. Thread-safe.
 *
 * @param connection used by nobody else
 * @param patience the longest that {@link #end} waits
 */
record TermConnection(ZooKeeperConnection connection, Duration patience, AtomicBoolean ended) {

  TermConnection(ZooKeeperConnection connection, Duration patience) {
    this(connection, patience, new AtomicBoolean());
  }

  /** Ends the session. Idempotent; not cut short by an interruption, which is kept. */
  void end() {
    if (ended.getAndSet(true)) {
      return;
    }
    // The client waits for the servers' goodbye without asking how long we want to wait.
    Thread closing = Thread.ofVirtual().name("metasrv-zookeeper-close").start(connection::close);
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = Thread.interrupted();
    while (closing.isAlive() && System.nanoTime() < deadline) {
      try {
        boolean unused = closing.join(Duration.ofNanos(deadline - System.nanoTime()));
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
