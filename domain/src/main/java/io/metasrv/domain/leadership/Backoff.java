package io.metasrv.domain.leadership;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubled with each failure in a row, never above a
 * limit, and spread at random over the upper half, so that several nodes do not try in step.
 *
 * @param least the shortest pause
 * @param most the longest pause
 */
public record Backoff(Duration least, Duration most) {

  /** For elections: a tenth of a second to two seconds (sheet 02 §28). */
  public static final Backoff ELECTION = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  public Backoff {
    if (least.isNegative() || least.isZero() || most.compareTo(least.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "the longest pause %s must be at least twice the shortest %s, which must be positive"
              .formatted(most, least));
    }
  }

  /**
   * The pause after this many failures in a row.
   *
   * @param failures 0 after a success
   */
  public Duration pause(int failures, RandomGenerator random) {
    long limit = most.toNanos();
    long upper = least.toNanos() * 2;
    for (int i = 0; i < failures && upper < limit; i++) {
      upper = Math.min(limit, upper * 2);
    }
    long half = upper / 2;
    return Duration.ofNanos(half + random.nextLong(upper - half + 1));
  }
}
