package io.metasrv.simulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The points of a run at which a process can die so that others can tell the difference: before and
 * after each of its effects. They are numbered from 1 as they come; the same seed gives the same
 * numbers up to the crash. One object for one run, shared by all processes that may die in it; only
 * the first crash is made, and nothing is counted after it.
 *
 * <p>"After" is when the answer has come and before anything is done with it; it is passed too when
 * the effect failed, because what is not known to have happened may have.
 */
public final class CrashPoints {

  private final long target;
  private final List<Point> passed = new ArrayList<>();
  private boolean counting = true;
  private @Nullable Point crashed;

  private CrashPoints(long target) {
    this.target = target;
  }

  /** Counts, and lets everybody live. */
  public static CrashPoints counting() {
    return new CrashPoints(0);
  }

  /**
   * Kills the process that comes to the point.
   *
   * @param number from 1
   */
  public static CrashPoints crashingAt(long number) {
    if (number < 1) {
      throw new IllegalArgumentException("points are numbered from 1: " + number);
    }
    return new CrashPoints(number);
  }

  /**
   * Runs a scenario undisturbed, then once for each point it passed, crashing there.
   *
   * @param run a whole run under the points given; the same but for them each time
   * @return what each run returned, the undisturbed one first
   * @throws IllegalStateException if a run does not come to its point: it is not repeatable
   */
  public static <V> List<V> sweep(Function<CrashPoints, V> run) {
    List<V> results = new ArrayList<>();
    CrashPoints undisturbed = counting();
    results.add(run.apply(undisturbed));
    for (long number = 1; number <= undisturbed.count(); number++) {
      CrashPoints points = crashingAt(number);
      results.add(run.apply(points));
      Point expected = undisturbed.passed.get((int) number - 1);
      if (!points.crashedAt().equals(Optional.of(expected))) {
        throw new IllegalStateException(
            "this run was to crash at %s and crashed at %s: it is not the same run"
                .formatted(expected, points.crashedAt()));
      }
    }
    return results;
  }

  /** The effects of one process; its store and its calls are made with this. */
  public RemoteEffects of(SimulatedProcess process) {
    return new RemoteEffects() {
      @Override
      public <T, X extends Exception> T around(String name, Effect<T, X> effect) throws X {
        pass(process, name, Side.BEFORE);
        try {
          return effect.run();
        } finally {
          pass(process, name, Side.AFTER);
        }
      }
    };
  }

  /** Counts nothing until {@link #begin()}: for what a scenario has to prepare. */
  public CrashPoints hold() {
    counting = false;
    return this;
  }

  /** Counts from here on. */
  public void begin() {
    counting = true;
  }

  /** Counts no more, and crashes nothing any more: what is to be tested is over. */
  public void end() {
    counting = false;
  }

  private void pass(SimulatedProcess process, String effect, Side side) {
    if (!counting || crashed != null) {
      return;
    }
    Point point = new Point(passed.size() + 1, process.name(), effect, side);
    passed.add(point);
    if (point.number() == target) {
      crashed = point;
      process.note("crash point", point.toString());
      process.crashHere();
    }
  }

  /** How many points were passed. */
  public long count() {
    return passed.size();
  }

  /** The points passed, in order. */
  public List<Point> passed() {
    return List.copyOf(passed);
  }

  /** The point at which a process was killed, once it was. */
  public Optional<Point> crashedAt() {
    return Optional.ofNullable(crashed);
  }

  /** Which side of an effect a point is on. */
  public enum Side {
    /** Nothing has left the process yet. */
    BEFORE,
    /** It has happened, or may have, and the process has not looked at the answer. */
    AFTER
  }

  /**
   * A point of a run.
   *
   * @param number counts from 1
   * @param process whose effect it is
   * @param effect its name
   * @param side before or after it
   */
  public record Point(long number, String process, String effect, Side side) {
    @Override
    public String toString() {
      return "%d: %s %s of %s".formatted(number, side, effect, process);
    }
  }
}
