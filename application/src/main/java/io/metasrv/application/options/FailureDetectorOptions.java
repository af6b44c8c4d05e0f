package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [failure_detector]}: the phi accrual detector of regions.
 *
 * @param threshold phi above which a node counts as dead
 * @param minStdDeviation least spread assumed between heartbeats
 * @param acceptableHeartbeatPause silence that is forgiven
 */
public record FailureDetectorOptions(
    double threshold, Duration minStdDeviation, Duration acceptableHeartbeatPause) {

  /** The reference's defaults. */
  public static FailureDetectorOptions defaults() {
    return new FailureDetectorOptions(8.0, Duration.ofMillis(100), Duration.ofSeconds(10));
  }
}
