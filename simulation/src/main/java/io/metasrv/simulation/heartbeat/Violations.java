package io.metasrv.simulation.heartbeat;

import io.metasrv.simulation.kernel.World;
import java.util.ArrayList;
import java.util.List;

/** Promises broken in a run. */
final class Violations {

  private final World world;
  private final List<String> all = new ArrayList<>();

  Violations(World world) {
    this.world = world;
  }

  void add(String text) {
    world.note("violation", text);
    all.add("at %.3fs: %s".formatted(world.now().toNanos() / 1e9, text));
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
