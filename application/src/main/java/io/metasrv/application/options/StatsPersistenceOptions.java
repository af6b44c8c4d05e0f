package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [stats_persistence]}: history of region statistics.
 *
 * @param ttl how long it is kept; zero: not written
 * @param interval between two records of a region; raised to ten minutes if below
 */
public record StatsPersistenceOptions(Duration ttl, Duration interval) {

  private static final Duration LEAST_INTERVAL = Duration.ofMinutes(10);

  public StatsPersistenceOptions {
    interval = interval.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : interval;
  }

  /** The reference's defaults: off. */
  public static StatsPersistenceOptions defaults() {
    return new StatsPersistenceOptions(Duration.ZERO, LEAST_INTERVAL);
  }

  /** Whether history is written. */
  public boolean enabled() {
    return !ttl.isZero();
  }
}
