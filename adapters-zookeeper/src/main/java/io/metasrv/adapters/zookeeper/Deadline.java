package io.metasrv.adapters.zookeeper;

import java.time.Duration;

/** A moment by the monotonic clock until which a call may wait. Immutable. */
record Deadline(long nanoTime) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Nanoseconds left; never negative. */
  long left() {
    return Math.max(0, nanoTime - System.nanoTime());
  }

  boolean isOver() {
    return left() == 0;
  }
}
