package io.metasrv.tests.golden;

import io.grpc.ManagedChannel;
import io.metasrv.adapters.grpc.GrpcPeerClient;
import io.metasrv.adapters.grpc.GrpcServer;
import io.metasrv.adapters.grpc.GrpcServerOptions;
import io.metasrv.adapters.grpc.GrpcServices;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.heartbeat.HeartbeatExtensions;
import io.metasrv.application.memory.InMemoryElectionGroup;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.Runtime;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.testkit.server.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One metasrv with its gRPC port, put together as production does, on a store in memory. */
final class Node implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String address;
  private final GrpcPeerClient peers;
  private final Metasrv metasrv;
  private final GrpcServer server;
  private final ManagedChannel channel;

  /**
   * @param address to bind and to advertise
   * @param startTimeMillis what it says of its start
   */
  Node(
      String address,
      long startTimeMillis,
      InMemoryStore store,
      InMemoryElectionGroup group,
      Runtime runtime)
      throws IOException, InterruptedException {
    this.address = address;
    ChannelSettings settings =
        ChannelSettings.defaults().withConnectTimeout(Duration.ofSeconds(10));
    peers = new GrpcPeerClient(settings, PATIENCE, runtime);
    metasrv =
        MetasrvAssembly.assemble(
            address,
            new MetasrvPorts(
                store,
                group.join(),
                true,
                peers,
                NodeClients.NOBODY,
                runtime,
                new NoMetrics(),
                new RecentEvents(100),
                () -> self(startTimeMillis)),
            MetasrvOptions.defaults(),
            HeartbeatExtensions.NONE,
            List.of());
    MetasrvServices services = metasrv.services();
    server =
        new GrpcServer(
            GrpcServerOptions.on(address, address),
            new GrpcServices(
                services.heartbeat(),
                services.store(),
                services.cluster(),
                services.procedure(),
                services.config(),
                services.admin()),
            runtime);
    server.start();
    metasrv.start();
    channel = settings.builder(address).build();
  }

  // What the machine of the recordings said of itself.
  private Candidate self(long startTimeMillis) {
    return new Candidate(
        address, "1.1.4", "16e9abe", startTimeMillis, 2000, 25_276_502_016L, 0, 0, "vm");
  }

  void awaitLead() {
    Eventually.holds(
        address + " leads", PATIENCE, () -> metasrv.leadership().currentTerm().isPresent());
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    metasrv.stop();
    server.stop(Duration.ofMillis(500));
    peers.close();
  }
}
