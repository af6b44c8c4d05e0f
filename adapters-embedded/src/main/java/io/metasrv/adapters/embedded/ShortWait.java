package io.metasrv.adapters.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Waits for what is about to happen without going to sleep. Waking a sleeping thread takes 20 to 60
 * µs, and a write alone needs two awakenings, the writer's and the caller's; a fast disk syncs in
 * some 200 µs, so that a third of the time of a lone caller's writes went into them. Therefore,
 * while the disk is fast and callers come one by one,
 *
 * <ul>
 *   <li>the writer looks for the next request for a moment before it sleeps, and
 *   <li>the caller looks for its answer about as long as a sync takes before it sleeps: one caller
 *       at a time, since each holds the carrier of its virtual thread meanwhile.
 * </ul>
 *
 * A slow disk, a busy one and a machine with one processor have nothing of it. Thread-safe.
 */
final class ShortWait {

  /** With syncs that take longer the awakenings do not matter. */
  private static final Duration FAST_SYNC = Duration.ofNanos(400_000);

  /** How long the writer looks for another request. */
  private static final Duration LONGEST_PAUSE = Duration.ofNanos(100_000);

  private static final boolean CAN_SPIN = Runtime.getRuntime().availableProcessors() > 1;

  private final AtomicBoolean held = new AtomicBoolean();

  /** How long the last sync took if waiting awake is worthwhile, else 0. Set by the writer. */
  private volatile long expectedNanos;

  /** Writer: a group was written. */
  void synced(int requests, Duration sync) {
    boolean worthwhile = CAN_SPIN && requests == 1 && sync.compareTo(FAST_SYNC) < 0;
    expectedNanos = worthwhile ? sync.toNanos() : 0;
  }

  /** Writer: looks for the next request for a moment. */
  void forRequest(BooleanSupplier there) {
    spin(there, Math.min(expectedNanos / 2, LONGEST_PAUSE.toNanos()));
  }

  /** Caller: looks for its answer for about as long as it should take. */
  void forAnswer(BooleanSupplier there) {
    long expected = expectedNanos;
    if (expected > 0 && held.compareAndSet(false, true)) {
      try {
        spin(there, expected + expected / 2);
      } finally {
        held.set(false);
      }
    }
  }

  private static void spin(BooleanSupplier there, long nanos) {
    if (nanos == 0) {
      return;
    }
    long start = System.nanoTime();
    while (!there.getAsBoolean() && System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
