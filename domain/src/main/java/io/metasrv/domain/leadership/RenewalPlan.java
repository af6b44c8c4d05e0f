package io.metasrv.domain.leadership;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a holder renews its lease and when it gives up (sheet 02 §12, §23 no. 1). A renewal is due
 * one interval after the last successful one was sent; one that got no answer is repeated until
 * interval and timeout have passed since then. That is before the lease ends, because {@code
 * interval + timeout < lease}; without that no node may lead at all.
 *
 * @param lease how long the backend keeps the lease after a renewal
 * @param interval from sending one renewal to sending the next
 * @param timeout the longest one renewal waits for its answer
 */
public record RenewalPlan(Duration lease, Duration interval, Duration timeout) {

  /** Repeats come after a tenth to a twentieth of the interval: ten to twenty within one. */
  private static final int RETRY_DIVISOR = 10;

  public RenewalPlan {
    if (interval.isNegative() || interval.isZero() || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "renewal interval and timeout must be positive: %s, %s".formatted(interval, timeout));
    }
    if (interval.plus(timeout).compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "renewal interval %s plus renewal timeout %s must be below the leader lease %s, or two nodes could lead at once"
              .formatted(interval, timeout, lease));
    }
  }

  /** The window that a renewal opens which was sent at these readings of the clocks. */
  public LeaseWindow window(MonotonicTime sentAt, Instant sentAtWall) {
    return LeaseWindow.opened(sentAt, sentAtWall, lease);
  }

  /** How long after now the next renewal is due; zero if it is due already. */
  public Duration untilNext(LeaseWindow last, MonotonicTime now) {
    Duration left = interval.minus(now.since(last.sentAt()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What remains of a window once a renewal got no answer: it ends when the holder gives up. */
  public LeaseWindow afterFailure(LeaseWindow last) {
    return last.atMost(interval.plus(timeout));
  }

  /** How long to wait before a renewal is repeated. */
  public Duration retryPause(RandomGenerator random) {
    long longest = Math.max(2, interval.dividedBy(RETRY_DIVISOR).toNanos());
    return Duration.ofNanos(longest / 2 + random.nextLong(longest / 2));
  }
}
