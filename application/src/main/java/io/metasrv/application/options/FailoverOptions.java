package io.metasrv.application.options;

import java.time.Duration;

/**
 * Moving regions away from dead nodes.
 *
 * @param enabled {@code enable_region_failover}
 * @param allowedOnLocalWal {@code allow_region_failover_on_local_wal}: unflushed data of a moved
 *     region are lost
 * @param initializationDelay {@code region_failure_detector_initialization_delay}: how long a new
 *     leader waits before it suspects anybody
 */
public record FailoverOptions(
    boolean enabled, boolean allowedOnLocalWal, Duration initializationDelay) {

  /** The reference's defaults: off. */
  public static FailoverOptions defaults() {
    return new FailoverOptions(false, false, Duration.ofMinutes(10));
  }
}
