package io.metasrv.simulation.ddl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The undisturbed runs of one seed, each made once, and what can happen in them. */
final class References {

  private final long seed;
  private final Map<String, Verdict> byStatement = new HashMap<>();

  References(long seed) {
    this.seed = seed;
  }

  /** The undisturbed run of a statement. */
  Verdict of(Statement statement) {
    return byStatement.computeIfAbsent(
        statement.name(), name -> DdlCrashScenario.reference(statement, seed));
  }

  DdlCrashScenario.Plan plan() {
    return DdlCrashScenario.Plan.undisturbed(seed);
  }

  /** A crash at each point of the statement. */
  List<Disturbance> crashes(Statement statement) {
    return of(statement).points().stream()
        .<Disturbance>map(point -> new Disturbance.Crash(point.number()))
        .toList();
  }

  /** Each request of the statement lost, and each answer. */
  List<Disturbance> losses(Statement statement) {
    List<Disturbance> losses = new ArrayList<>();
    for (int effect = 1; effect <= of(statement).effects().size(); effect++) {
      losses.add(new Disturbance.Lost(effect, false));
      losses.add(new Disturbance.Lost(effect, true));
    }
    return losses;
  }

  /** The node of each call of the statement out of reach, shorter and longer than its leases. */
  List<Disturbance> outages(Statement statement) {
    List<Disturbance> outages = new ArrayList<>();
    List<String> effects = of(statement).effects();
    for (int effect = 1; effect <= effects.size(); effect++) {
      if (Effects.isCall(effects.get(effect - 1))) {
        for (int seconds : new int[] {4, 25, 90}) {
          outages.add(new Disturbance.Unreachable(effect, java.time.Duration.ofSeconds(seconds)));
        }
      }
    }
    return outages;
  }

  /** What kind of place a disturbance is at; equal in all statements. */
  String kind(Statement statement, Disturbance disturbance) {
    Verdict run = of(statement);
    return switch (disturbance) {
      case Disturbance.None none -> "none";
      case Disturbance.Crash(long point) -> {
        var at = run.points().get((int) point - 1);
        yield at.side() + " " + kind(at.effect());
      }
      case Disturbance.Lost(long effect, boolean carriedOut) ->
          (carriedOut ? "answer of " : "request of ") + kind(run.effects().get((int) effect - 1));
      case Disturbance.Unreachable(long effect, var howLong) ->
          howLong + " from " + kind(run.effects().get((int) effect - 1));
    };
  }

  /** The effect without what it is about. */
  private static String kind(String effect) {
    if (effect.startsWith("put /__procedure__/")) {
      return "record" + effect.substring(effect.lastIndexOf('.'));
    }
    return effect.replaceAll(" at .*| of \\d+", "");
  }

  /**
   * Some of what can happen: of each kind of place one at least, and beside that one in so many.
   *
   * @param seen kinds there are already; added to
   */
  List<Disturbance> sample(
      Statement statement, List<Disturbance> all, int oneIn, TreeSet<String> seen) {
    List<Disturbance> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean isNew = seen.add(kind(statement, all.get(i)));
      if (isNew || (i + statement.name().length()) % oneIn == 0) {
        some.add(all.get(i));
      }
    }
    return some;
  }
}
