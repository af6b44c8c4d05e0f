package io.metasrv.simulation.election;

import io.metasrv.application.store.ElectionTiming;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import io.metasrv.simulation.store.SimulatedStoreServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Three nodes, one shared store, forty seconds of trouble, then quiet. Judged: no effect leaves a
 * node whose lease is not valid at that moment, no fenced write of a former leader takes effect,
 * and once it is quiet exactly one node leads.
 */
public final class ElectionScenario {

  private static final Duration TROUBLE = Duration.ofSeconds(40);
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final World world;
  private final SimulatedProcess storeProcess;
  private final SimulatedStoreServer server;
  private final SimulatedNetwork network;
  private final Judge judge;
  private final List<Node> nodes = new ArrayList<>();
  private boolean troubled = true;

  private ElectionScenario(long seed, Sabotage sabotage) {
    this.world = World.of(seed);
    this.storeProcess = world.process("store");
    this.server =
        sabotage == Sabotage.FENCE
            ? SimulatedStoreServer.withBrokenFence(world, storeProcess, ElectionTiming.REFERENCE)
            : SimulatedStoreServer.sound(world, storeProcess, ElectionTiming.REFERENCE);
    this.network = new SimulatedNetwork(world, Duration.ofMillis(1), Duration.ofMillis(80));
    this.judge = new Judge(world, server);
    for (int i = 1; i <= 3; i++) {
      nodes.add(new Node(world, server, network, judge, sabotage, "meta-%d:3002".formatted(i)));
    }
  }

  /** Runs one seed to its end. */
  public static Verdict run(long seed, Sabotage sabotage) {
    return new ElectionScenario(seed, sabotage).run();
  }

  private Verdict run() {
    nodes.forEach(Node::start);
    scheduleTrouble();
    world.runFor(TROUBLE);
    calmDown();
    world.runFor(QUIET);
    judgeTheEnd();
    return new Verdict(
        world.seed(),
        world.trace().hash(),
        world.trace().events(),
        terms(),
        (int) server.accepted().stream().filter(write -> write.fencedTerm().isPresent()).count(),
        judge.effects(),
        judge.violations(),
        world.trace().tail());
  }

  private int terms() {
    return (int)
        server.accepted().stream()
            .mapToLong(write -> write.fencedTerm().orElse(0))
            .distinct()
            .count();
  }

  private void scheduleTrouble() {
    world.at(
        Duration.ofMillis(500 + world.random().nextInt(6_000)),
        "trouble",
        () -> {
          if (troubled) {
            causeTrouble();
            scheduleTrouble();
          }
        });
  }

  private void causeTrouble() {
    RandomGenerator random = world.random();
    Node victim = nodes.get(random.nextInt(nodes.size()));
    SimulatedProcess process = victim.process();
    Duration length = Duration.ofMillis(200 + random.nextInt(12_000));
    switch (random.nextInt(6)) {
      case 0 -> victim.crashAndRestartAfter(length);
      case 1 -> {
        process.pause();
        world.at(length, "resume", process::resume);
      }
      case 2 -> {
        process.suspend();
        world.at(length, "resume", process::resume);
      }
      case 3 -> cut(process, storeProcess, length);
      case 4 -> cut(storeProcess, process, length);
      default -> {
        cut(process, storeProcess, length);
        cut(storeProcess, process, length);
      }
    }
  }

  private void cut(SimulatedProcess from, SimulatedProcess to, Duration length) {
    network.cut(from, to);
    world.at(length, "heal", () -> network.heal(from, to));
  }

  private void calmDown() {
    troubled = false;
    network.calm();
    for (Node node : nodes) {
      node.process().resume();
      network.heal(node.process(), storeProcess);
      network.heal(storeProcess, node.process());
    }
  }

  private void judgeTheEnd() {
    judge.judgeWrites();
    long leaders = nodes.stream().filter(node -> node.claims().isPresent()).count();
    if (leaders != 1) {
      judge.violation("%d nodes lead after %s of quiet".formatted(leaders, QUIET));
    }
    world.faults().forEach(fault -> judge.violation("a task failed: " + fault));
  }
}
