package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [shutdown]}, our own: how the process ends.
 *
 * @param grace how long running calls may take to finish once a stop was asked for
 */
public record ShutdownOptions(Duration grace) {

  /** Five seconds: below the leader's lease and well below Kubernetes' thirty. */
  public static ShutdownOptions defaults() {
    return new ShutdownOptions(Duration.ofSeconds(5));
  }
}
