package io.metasrv.simulation.cluster;

import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Metrics;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.store.SimulatedElection;
import io.metasrv.simulation.store.SimulatedStore;
import java.time.Duration;
import java.util.Optional;

/**
 * One metasrv of a cluster, as the one assembly makes it, in a process of its own; started again
 * after a crash and after a stop, as a supervisor of processes would.
 */
public final class SimulatedMetasrv {

  private static final Metrics METRICS = new NoMetrics();
  private static final Duration RESTART = Duration.ofSeconds(1);

  private final Site site;
  private final MetasrvSetup setup;
  private final String address;
  private final double clockRate;
  private SimulatedProcess process;
  private Metasrv metasrv;

  /**
   * A metasrv that is not started yet.
   *
   * @param address advertised; also the name of its processes
   * @param clockRate how fast its clocks run
   */
  public SimulatedMetasrv(Site site, MetasrvSetup setup, String address, double clockRate) {
    this.site = site;
    this.setup = setup;
    this.address = address;
    this.clockRate = clockRate;
    this.process = site.world().process(address, clockRate);
    this.metasrv = assemble();
  }

  private Metasrv assemble() {
    SimulatedProcess current = process;
    Candidate self = new Candidate(address, "1.1.4", "simulated", 0, 2_000, 1L << 30, 0, 0, "sim");
    MetasrvPorts ports =
        new MetasrvPorts(
            setup.store(
                current,
                new SimulatedStore(site.store(), current, site.network(), setup.effects(current))),
            new SimulatedElection(site.store(), current, site.network()),
            true,
            new NoPeers(),
            setup.nodes(current),
            setup.runtime(current),
            METRICS,
            new RecentEvents(16),
            () -> self);
    return MetasrvAssembly.assemble(
        address, ports, setup.options(), setup.extensions(current), setup.plugins(current));
  }

  /** Starts it; once the store can be asked it takes part in the election. */
  public void start() {
    Metasrv starting = metasrv;
    SimulatedProcess current = process;
    current.post("boot", () -> current.start("boot", () -> startUntilItWorks(current, starting)));
  }

  private static void startUntilItWorks(SimulatedProcess process, Metasrv metasrv)
      throws InterruptedException {
    while (true) {
      try {
        metasrv.start();
        return;
      } catch (MetasrvException noStore) {
        process.note("start failed", noStore.getClass().getSimpleName());
        process.sleep(RESTART);
      }
    }
  }

  /** Kills it, if it lives, and starts it anew after the time. */
  public void crashAndRestartAfter(Duration downtime) {
    if (process.isAlive()) {
      process.crash();
      site.world()
          .at(
              downtime,
              "restart " + address,
              () -> {
                process = site.world().process(address, clockRate);
                metasrv = assemble();
                start();
              });
    }
  }

  /** Stops it in good order, if it lives, and starts the same object again after the time. */
  public void stopAndStartAfter(Duration downtime) {
    SimulatedProcess current = process;
    Metasrv stopping = metasrv;
    current.post(
        "stop",
        () ->
            current.start(
                "stop",
                () -> {
                  stopping.stop();
                  current.sleep(downtime);
                  startUntilItWorks(current, stopping);
                }));
  }

  /** Takes a stream that a node opened; runs in this metasrv's process. */
  void accept(Connection connection) {
    ServerSide stream = connection.serverSide();
    Metasrv serving = metasrv;
    stream
        .process()
        .start(
            "session " + stream.remote(),
            () -> stream.serve(serving.services().heartbeat(), setup.seen(stream)));
  }

  /** The process it runs in at the moment, or ran in last. */
  public SimulatedProcess process() {
    return process;
  }

  /** What it offers. */
  public Metasrv metasrv() {
    return metasrv;
  }

  /** Its address. */
  public String address() {
    return address;
  }

  /** What it is set up with. */
  MetasrvSetup setup() {
    return setup;
  }

  /** The term it holds and serves in; asked by a judge, outside of it. */
  public Optional<Term> claims() {
    return process.isAlive() ? metasrv.leadership().currentTerm() : Optional.empty();
  }
}
