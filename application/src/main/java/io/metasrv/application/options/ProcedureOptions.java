package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [procedure]}.
 *
 * @param maxRetryTimes how often a step that may succeed later is repeated
 * @param retryDelay pause before the first repetition; doubles with each
 * @param maxMetadataValueSize procedure state above it is split over several keys
 * @param maxRunningProcedures most procedures at work at one time
 */
public record ProcedureOptions(
    int maxRetryTimes,
    Duration retryDelay,
    ByteSize maxMetadataValueSize,
    int maxRunningProcedures) {

  /** The reference's defaults. */
  public static ProcedureOptions defaults() {
    return new ProcedureOptions(12, Duration.ofMillis(500), ByteSize.kibibytes(1500), 128);
  }
}
