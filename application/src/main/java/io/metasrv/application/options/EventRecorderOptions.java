package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [event_recorder]}.
 *
 * @param ttl how long events are kept
 */
public record EventRecorderOptions(Duration ttl) {

  /** The reference's defaults. */
  public static EventRecorderOptions defaults() {
    return new EventRecorderOptions(Duration.ofDays(90));
  }
}
