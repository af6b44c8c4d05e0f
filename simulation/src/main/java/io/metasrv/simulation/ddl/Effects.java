package io.metasrv.simulation.ddl;

import io.metasrv.domain.error.StoreException;
import io.metasrv.simulation.cluster.SimulatedNodeClients;
import io.metasrv.simulation.kernel.CrashPoints;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Stands around the writes and calls of all metasrvs of a run, and disturbs one of them. */
final class Effects {

  private final CrashPoints points;
  private final Disturbance disturbance;
  private final BiConsumer<String, Duration> cutsOff;
  private final List<String> names = new ArrayList<>();
  private boolean counting;

  /**
   * @param cutsOff cuts off the node that a call with the name is for
   */
  Effects(Disturbance disturbance, BiConsumer<String, Duration> cutsOff) {
    this.disturbance = disturbance;
    this.cutsOff = cutsOff;
    this.points =
        (disturbance instanceof Disturbance.Crash(long point)
                ? CrashPoints.crashingAt(point)
                : CrashPoints.counting())
            .hold();
  }

  /** Counts and disturbs from here on. */
  void begin() {
    counting = true;
    points.begin();
  }

  /** Counts and disturbs no more. */
  void end() {
    counting = false;
    points.end();
  }

  /** The points at which a leader can die. */
  CrashPoints points() {
    return points;
  }

  /** What was counted, in order. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Whether a request to a node has the name. */
  static boolean isCall(String name) {
    return name.startsWith("region ") || name.startsWith("flow ");
  }

  RemoteEffects of(SimulatedProcess process) {
    RemoteEffects mortal = points.of(process);
    return new RemoteEffects() {
      @Override
      public <T, X extends Exception> T around(String name, Effect<T, X> effect) throws X {
        return mortal.around(name, () -> disturbed(name, effect));
      }
    };
  }

  private <T, X extends Exception> T disturbed(String name, RemoteEffects.Effect<T, X> effect)
      throws X {
    if (!counting) {
      return effect.run();
    }
    names.add(name);
    long number = names.size();
    switch (disturbance) {
      case Disturbance.Lost(long lost, boolean carriedOut) when lost == number -> {
        if (carriedOut) {
          T unused = effect.run();
        }
        throw unanswered(name);
      }
      case Disturbance.Unreachable(long first, Duration howLong) when first == number ->
          cutsOff.accept(name, howLong);
      default -> {
        // not this one
      }
    }
    return effect.run();
  }

  private static RuntimeException unanswered(String name) {
    return isCall(name)
        ? SimulatedNodeClients.unanswered(name)
        : new StoreException.UnknownOutcome(
            name + " was not answered", new IllegalStateException("lost on purpose"));
  }
}
