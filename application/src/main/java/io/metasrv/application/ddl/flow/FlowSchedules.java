package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.FlowSchedule;
import io.metasrv.domain.flow.MissedTickPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides when a flow runs: only one that was given an interval has a schedule (sheet 06 §16). */
final class FlowSchedules {

  /** Ticks are counted from the epoch. */
  private static final long ANCHOR = 0;

  private static final int LAG_IN_INTERVALS = 3;

  private FlowSchedules() {}

  /**
   * Refuses an interval that is none.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected)
   */
  static void check(OptionalLong intervalSecs) {
    if (intervalSecs.isPresent() && intervalSecs.getAsLong() <= 0) {
      throw DdlErrors.unexpected(
          "EVAL INTERVAL must be positive, got %d seconds".formatted(intervalSecs.getAsLong()));
    }
  }

  /**
   * The schedule of a flow that begins now, or goes on at the pace of the one it replaces.
   *
   * @param intervalSecs positive, if there is one
   */
  static Optional<FlowSchedule> of(
      OptionalLong intervalSecs, Optional<FlowInfo> former, Instant now) {
    if (intervalSecs.isEmpty()) {
      return Optional.empty();
    }
    long interval = intervalSecs.getAsLong();
    Optional<FlowInfo> sameInterval =
        former.filter(info -> info.evalIntervalSecs().equals(intervalSecs));
    if (sameInterval.isEmpty()) {
      return Optional.of(from(now, interval));
    }
    Optional<FlowSchedule> kept = sameInterval.get().schedule();
    if (kept.isEmpty()) {
      return Optional.of(from(sameInterval.get().createdTime(), interval));
    }
    return kept.get().anchorSecs() == ANCHOR ? kept : Optional.of(from(now, interval));
  }

  private static FlowSchedule from(Instant time, long interval) {
    return new FlowSchedule(
        ANCHOR,
        firstTick(time.getEpochSecond(), interval),
        MissedTickPolicy.BOUNDED_CATCH_UP,
        FlowSchedule.DEFAULT_CATCHUP_MAX_RUNS,
        maxLag(interval),
        UnknownMembers.NONE);
  }

  /** The time itself or, if that is none, the next multiple of the interval. */
  private static long firstTick(long secs, long interval) {
    long past = Math.floorMod(secs - ANCHOR, interval);
    return past == 0 ? secs : saturatedSum(secs - past, interval);
  }

  private static long maxLag(long interval) {
    long lag =
        interval > Long.MAX_VALUE / LAG_IN_INTERVALS ? Long.MAX_VALUE : LAG_IN_INTERVALS * interval;
    return Math.max(FlowSchedule.DEFAULT_CATCHUP_MAX_LAG_SECS, lag);
  }

  private static long saturatedSum(long secs, long interval) {
    return secs > Long.MAX_VALUE - interval ? Long.MAX_VALUE : secs + interval;
  }
}
