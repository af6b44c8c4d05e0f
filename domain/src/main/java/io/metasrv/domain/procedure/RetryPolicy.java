package io.metasrv.domain.procedure;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often and after which pauses a step is tried again (sheet 05 §8): pauses double from the
 * first to a minute.
 *
 * @param maxRetries how many pauses there are; none if zero
 * @param firstDelay the first pause
 */
public record RetryPolicy(int maxRetries, Duration firstDelay) {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  public RetryPolicy {
    if (maxRetries < 0 || firstDelay.isNegative()) {
      throw new IllegalArgumentException(
          "retries %d and first delay %s must not be negative".formatted(maxRetries, firstDelay));
    }
  }

  /**
   * The pause before a retry.
   *
   * @param retry counts from 0
   * @return empty if there is no such retry any more
   */
  public Optional<Duration> delay(int retry) {
    if (retry >= maxRetries) {
      return Optional.empty();
    }
    Duration delay = firstDelay;
    for (int i = 0; i < retry && delay.compareTo(LONGEST) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return Optional.of(delay.compareTo(LONGEST) < 0 ? delay : LONGEST);
  }

  /** The pause made up to a quarter longer, in whole milliseconds. */
  public static Duration spread(Duration delay, RandomGenerator random) {
    return delay.plusMillis(random.nextLong(delay.toMillis() / 4 + 1));
  }
}
