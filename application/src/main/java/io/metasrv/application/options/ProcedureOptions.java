package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [procedure]}.
 *
 * @param maxRetryTimes how often a step that may succeed later is repeated
 * @param retryDelay pause before the first repetition; doubles with each
 * @param maxMetadataValueSize procedure state above it is split over several keys
 * @param maxRunningProcedures most procedures at work at one time
 * @param historyTtl how long the record of a finished procedure is kept; an option of our own
 * @param historyMaxRecords how many of these records are kept; an option of our own
 */
public record ProcedureOptions(
    int maxRetryTimes,
    Duration retryDelay,
    ByteSize maxMetadataValueSize,
    int maxRunningProcedures,
    Duration historyTtl,
    int historyMaxRecords) {

  /** The reference's defaults, and for the history a week and ten thousand records. */
  public static ProcedureOptions defaults() {
    return new ProcedureOptions(
        12, Duration.ofMillis(500), ByteSize.kibibytes(1500), 128, Duration.ofDays(7), 10_000);
  }
}
