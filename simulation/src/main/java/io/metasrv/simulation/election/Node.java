package io.metasrv.simulation.election;

import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.metasrv.LeadershipKeeper;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.store.TermStore;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import io.metasrv.simulation.store.SimulatedElection;
import io.metasrv.simulation.store.SimulatedStore;
import io.metasrv.simulation.store.SimulatedStoreServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One metasrv of the scenario: the production leadership keeper in a simulated process; restarted
 * after a crash.
 */
final class Node {

  private static final Metrics METRICS = new NoMetrics();

  private final World world;
  private final SimulatedStoreServer server;
  private final SimulatedNetwork network;
  private final Judge judge;
  private final Sabotage sabotage;
  private final String address;
  private final double clockRate;
  private SimulatedProcess process;
  private LeadershipKeeper keeper;

  Node(
      World world,
      SimulatedStoreServer server,
      SimulatedNetwork network,
      Judge judge,
      Sabotage sabotage,
      String address) {
    this.world = world;
    this.server = server;
    this.network = network;
    this.judge = judge;
    this.sabotage = sabotage;
    this.address = address;
    // Clocks are within 3 % of true time; the margin of the lease window is a tenth.
    this.clockRate = 0.97 + world.random().nextDouble() * 0.06;
    this.process = world.process(address, clockRate);
    this.keeper = newKeeper();
  }

  private LeadershipKeeper newKeeper() {
    SimulatedProcess current = process;
    KeyValueStore store = new SimulatedStore(server, current, network);
    Election election =
        sabotage == Sabotage.DEADLINE
            ? new SimulatedElection(server, current, network, Duration.ofMinutes(1))
            : new SimulatedElection(server, current, network);
    RecentEvents events = new RecentEvents(16);
    return new LeadershipKeeper(
        election,
        address,
        current,
        METRICS,
        events,
        term -> {
          TermStore fenced = new TermStore(term, store);
          return new TermContext(term, fenced, fenced, current, METRICS, events, address);
        },
        List.of(context -> new Acting(context, judge, sabotage != Sabotage.CHECK_BEFORE_SENDING)));
  }

  void start() {
    LeadershipKeeper starting = keeper;
    process.post("boot", () -> process.start("boot", starting::start));
  }

  void crashAndRestartAfter(Duration downtime) {
    if (!process.isAlive()) {
      return;
    }
    process.crash();
    world.at(
        downtime,
        "restart " + address,
        () -> {
          process = world.process(address, clockRate);
          keeper = newKeeper();
          start();
        });
  }

  SimulatedProcess process() {
    return process;
  }

  /** The term this node says it holds; asked by the judge, outside the node. */
  Optional<Term> claims() {
    return process.isAlive() ? keeper.currentTerm() : Optional.empty();
  }
}
