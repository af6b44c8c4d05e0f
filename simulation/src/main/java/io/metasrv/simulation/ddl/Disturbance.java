package io.metasrv.simulation.ddl;

import java.time.Duration;

/** What happens to a run while its statement is under way. */
public sealed interface Disturbance {

  /** Nothing. */
  record None() implements Disturbance {}

  /**
   * The leader dies.
   *
   * @param point of the run, from 1; see {@link io.metasrv.simulation.kernel.CrashPoints}
   */
  record Crash(long point) implements Disturbance {}

  /**
   * A request to the store or to a node is lost, or its answer is.
   *
   * @param effect counts requests, from 1
   * @param carriedOut whether only the answer is
   */
  record Lost(long effect, boolean carriedOut) implements Disturbance {}

  /**
   * The node that is called cannot be reached from just before the call.
   *
   * @param effect counts requests, from 1; one to a node
   */
  record Unreachable(long effect, Duration howLong) implements Disturbance {}
}
