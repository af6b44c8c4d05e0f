package io.metasrv.domain.flow;

import io.metasrv.domain.UnknownMembers;

/**
 * When a flow runs (sheet 03 §3.11). All times in seconds.
 *
 * @param anchorSecs what ticks are counted from, epoch
 * @param startSecs the first tick, epoch
 * @param missedTickPolicy about runs missed
 * @param catchupMaxRuns most runs to catch up, unsigned 32 bits
 * @param catchupMaxLagSecs oldest run to catch up
 * @param unknown members kept for others
 */
public record FlowSchedule(
    long anchorSecs,
    long startSecs,
    MissedTickPolicy missedTickPolicy,
    long catchupMaxRuns,
    long catchupMaxLagSecs,
    UnknownMembers unknown) {

  /** Where nothing is said about runs to catch up. */
  public static final long DEFAULT_CATCHUP_MAX_RUNS = 3;

  /** Where nothing is said about the oldest run. */
  public static final long DEFAULT_CATCHUP_MAX_LAG_SECS = 300;
}
