package io.metasrv.tests.leadership;

import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.memory.InMemoryElectionGroup;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Metasrvs in one process that share a store in memory and its election, wired as in production.
 */
final class Cluster implements AutoCloseable {

  final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  final InMemoryStore store = new InMemoryStore();

  /** Gets the address of each node at the moment it leads. */
  final BlockingQueue<String> leaders = new LinkedBlockingQueue<>();

  /** Gets the address of each node whenever it has announced itself. */
  final BlockingQueue<String> announcements = new LinkedBlockingQueue<>();

  private final NodesOfOneProcess peers = new NodesOfOneProcess();
  private final InMemoryElectionGroup election;
  private final List<Metasrv> nodes = new ArrayList<>();

  Cluster(ElectionTiming timing) {
    this.election = new InMemoryElectionGroup(store, runtime, timing);
  }

  /** Makes a node that is not started. */
  Metasrv node(String address) {
    return node(address, store, MetasrvOptions.defaults(), List.of());
  }

  /** Makes a node that sees the store its own way. */
  Metasrv node(
      String address,
      KeyValueStore view,
      MetasrvOptions options,
      List<TermComponentFactory> plugins) {
    List<TermComponentFactory> components = new ArrayList<>(plugins);
    components.add(context -> new LastComponent(context, leaders));
    Metasrv node =
        MetasrvAssembly.assemble(
            address,
            new MetasrvPorts(
                view,
                new WatchedElection(election.join(), announcements),
                true,
                peers,
                NodeClients.NOBODY,
                runtime,
                new NoMetrics(),
                new RecentEvents(100),
                () -> new Candidate(address, "1.1.4", "abc1234", 1, 2000, 4096, 5, 6, "host")),
            options,
            components);
    peers.add(address, node.services());
    nodes.add(node);
    return node;
  }

  /** Waits until the node has announced itself. */
  void awaitAnnouncement(String address) throws InterruptedException {
    String announced = "";
    while (!announced.equals(address)) {
      announced = Objects.requireNonNull(announcements.poll(20, TimeUnit.SECONDS), "none in 20 s");
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Metasrv node : nodes) {
      node.stop();
    }
  }

  /** Tells who is about to lead. */
  private record LastComponent(TermContext context, BlockingQueue<String> leaders)
      implements TermComponent {

    @Override
    public String name() {
      return "witness";
    }

    @Override
    public void start() {
      leaders.add(context.serverAddress());
    }

    @Override
    public void stop() {}
  }
}
