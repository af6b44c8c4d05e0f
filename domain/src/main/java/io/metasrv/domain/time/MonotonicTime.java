package io.metasrv.domain.time;

import java.time.Duration;

/**
 * A reading of a process's monotonic clock. Readings of one process compare and subtract; readings
 * of two processes mean nothing to each other.
 *
 * @param nanos nanoseconds since an arbitrary origin; wraps as {@link System#nanoTime()} does, so
 *     only differences below 292 years are meaningful
 */
public record MonotonicTime(long nanos) implements Comparable<MonotonicTime> {

  /** This reading moved forward (or, for a negative duration, back). Saturates at 146 years. */
  public MonotonicTime plus(Duration duration) {
    return new MonotonicTime(nanos + saturatedNanos(duration));
  }

  /** The time from the other reading to this one; negative if the other is later. */
  public Duration since(MonotonicTime earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  /** Whether this reading lies before the other. */
  public boolean isBefore(MonotonicTime other) {
    return nanos - other.nanos < 0;
  }

  @Override
  public int compareTo(MonotonicTime other) {
    return Long.compare(nanos - other.nanos, 0);
  }

  private static long saturatedNanos(Duration duration) {
    long limit = Long.MAX_VALUE / 2;
    if (duration.getSeconds() >= limit / 1_000_000_000L) {
      return limit;
    }
    if (duration.getSeconds() <= -(limit / 1_000_000_000L)) {
      return -limit;
    }
    return duration.toNanos();
  }
}
