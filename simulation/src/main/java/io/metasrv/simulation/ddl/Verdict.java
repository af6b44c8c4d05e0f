package io.metasrv.simulation.ddl;

import io.metasrv.simulation.kernel.CrashPoints.Point;
import java.util.List;

/**
 * What a run showed.
 *
 * @param traceHash equal for every run of the same
 * @param points at which a leader can die, or up to where it died
 * @param effects writes and calls, in order
 * @param types of the procedures that ended, as their records name them
 * @param before the state before the statement
 * @param end the state at the end
 * @param outcome how it ended, for statistics
 * @param violations promises broken; empty for a good run
 */
record Verdict(
    long traceHash,
    List<Point> points,
    List<String> effects,
    List<String> types,
    EndState before,
    EndState end,
    Outcome outcome,
    List<String> violations) {

  Verdict {
    points = List.copyOf(points);
    effects = List.copyOf(effects);
    types = List.copyOf(types);
    violations = List.copyOf(violations);
  }

  /** How a statement ended. */
  enum Outcome {
    /** As in an undisturbed run. */
    DONE,
    /** As if there had been none. */
    NOTHING,
    /** As it must not. */
    WRONG
  }
}
