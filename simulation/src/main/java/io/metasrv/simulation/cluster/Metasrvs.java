package io.metasrv.simulation.cluster;

import io.metasrv.application.port.Task;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.simulation.cluster.NodeSide.Event;
import io.metasrv.simulation.kernel.RemoteCalls;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The metasrvs of a cluster, as nodes find them: ask any who leads, open a stream to that one. */
public final class Metasrvs {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** One connection in this many goes to whichever, as an outdated belief would have it. */
  private static final int ONE_IN = 10;

  private final Site site;
  private final List<SimulatedMetasrv> all;
  private final int queueLimit;
  private long connections;

  /**
   * @param queueLimit messages that may wait for a node that does not read
   */
  public Metasrvs(Site site, List<SimulatedMetasrv> all, int queueLimit) {
    this.site = site;
    this.all = List.copyOf(all);
    this.queueLimit = queueLimit;
  }

  /** Every one of them. */
  public List<SimulatedMetasrv> all() {
    return all;
  }

  /**
   * Opens a stream for a node and sends its first message.
   *
   * @param events told what happens on it, in the node's process; {@link Event.Unanswered} if no
   *     response came in time, harmless if one did
   * @return empty if nobody knows a leader
   */
  Optional<NodeSide> connect(
      SimulatedProcess node, String name, HeartbeatRequest handshake, Consumer<Event> events)
      throws InterruptedException {
    Optional<SimulatedMetasrv> believed =
        site.world().random().nextInt(ONE_IN) == 0 ? Optional.of(anyone()) : askForLeader(node);
    if (believed.isEmpty()) {
      return Optional.empty();
    }
    SimulatedMetasrv metasrv = believed.get();
    SimulatedProcess server = metasrv.process();
    Connection connection =
        new Connection(
            site,
            node,
            server,
            name + " no. " + connections++,
            queueLimit,
            events,
            metasrv.setup());
    NodeSide stream = connection.nodeSide();
    site.network().send(node, server, "open " + connection, () -> metasrv.accept(connection));
    stream.send(handshake);
    Task unused =
        node.start(
            "handshake",
            () -> {
              node.sleep(PATIENCE);
              events.accept(new Event.Unanswered(stream));
            });
    return Optional.of(stream);
  }

  private Optional<SimulatedMetasrv> askForLeader(SimulatedProcess node)
      throws InterruptedException {
    RemoteCalls calls = new RemoteCalls(site.network(), node, RemoteEffects.UNSEEN);
    int first = site.world().random().nextInt(all.size());
    for (int i = 0; i < all.size(); i++) {
      SimulatedMetasrv asked = all.get((first + i) % all.size());
      try {
        Optional<String> leader =
            calls.call(
                asked.process(),
                "ask leader",
                PATIENCE,
                () ->
                    asked
                        .metasrv()
                        .services()
                        .heartbeat()
                        .askLeader(AskLeaderRequest.getDefaultInstance())
                        .getLeader()
                        .getAddr());
        if (leader.isPresent()) {
          return at(leader.get());
        }
      } catch (MetasrvException nobodyLeads) {
        node.note("no leader", asked.address());
      }
    }
    return Optional.empty();
  }

  private SimulatedMetasrv anyone() {
    return all.get(site.world().random().nextInt(all.size()));
  }

  private Optional<SimulatedMetasrv> at(String address) {
    return all.stream().filter(metasrv -> metasrv.address().equals(address)).findFirst();
  }
}
