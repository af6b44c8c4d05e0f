package io.metasrv.simulation.election;

import io.metasrv.simulation.kernel.World;
import io.metasrv.simulation.store.AcceptedWrite;
import io.metasrv.simulation.store.SimulatedFence;
import io.metasrv.simulation.store.SimulatedStoreServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Sees the whole world at true time and knows what must never happen in it. */
final class Judge {

  private final World world;
  private final SimulatedStoreServer server;
  private final List<String> violations = new ArrayList<>();
  private int effects;

  Judge(World world, SimulatedStoreServer server) {
    this.world = world;
    this.server = server;
  }

  /**
   * Something left a node that acted as leader of this term: its lease must be valid at the store
   * right now.
   */
  void effect(SimulatedFence fence) {
    effects++;
    world.note("effect", fence.describe());
    OptionalLong leading = server.leadingTerm();
    if (leading.isEmpty() || leading.getAsLong() != fence.term()) {
      violation(
          "%s acted at %s although the store's term is %s"
              .formatted(fence.describe(), at(world.now()), leading));
    }
  }

  /** Remembers a broken promise. */
  void violation(String text) {
    world.note("violation", text);
    violations.add(text);
  }

  /** Looks at every write that took effect. */
  void judgeWrites() {
    for (AcceptedWrite write : server.accepted()) {
      if (write.isByFormerLeader()) {
        violation(
            "write '%s' for term %d took effect at %s although the store's term was %s"
                .formatted(
                    write.what(),
                    write.fencedTerm().orElseThrow(),
                    at(write.at()),
                    write.leadingTerm()));
      }
    }
  }

  List<String> violations() {
    return violations;
  }

  int effects() {
    return effects;
  }

  private static String at(Duration time) {
    return "%.3fs".formatted(time.toNanos() / 1e9);
  }
}
