package io.metasrv.benchmarks.heartbeat;

import io.grpc.ServerServiceDefinition;
import io.metasrv.adapters.grpc.GrpcPeerClient;
import io.metasrv.adapters.grpc.GrpcServer;
import io.metasrv.adapters.grpc.GrpcServerOptions;
import io.metasrv.adapters.grpc.GrpcServices;
import io.metasrv.adapters.http.PrometheusMetrics;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.Previous;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.LocalElection;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A leader put together as production does, on a store in memory, its port without a network. */
final class LeaderInProcess implements AutoCloseable {

  private static final String ADDRESS = "127.0.0.1:3002";

  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final GrpcPeerClient peers =
      new GrpcPeerClient(ChannelSettings.defaults(), Duration.ofSeconds(10), runtime);
  private final Metasrv metasrv;

  private LeaderInProcess() {
    metasrv =
        MetasrvAssembly.assemble(
            ADDRESS,
            new MetasrvPorts(
                store,
                new LocalElection(store),
                false,
                peers,
                NodeClients.NOBODY,
                runtime,
                new PrometheusMetrics(),
                new RecentEvents(100),
                () -> new Candidate(ADDRESS, "1.1.4", "x", 1, 2_000, 0, 0, 0, "host")),
            MetasrvOptions.defaults(),
            List.of());
  }

  /** Returns once it leads. */
  static LeaderInProcess start(Map<Bytes, Bytes> content) throws InterruptedException {
    LeaderInProcess leader = new LeaderInProcess();
    content.forEach((key, value) -> leader.store.put(key, value, Previous.DISCARD));
    leader.metasrv.start();
    while (leader.metasrv.leadership().currentTerm().isEmpty()) {
      Thread.sleep(10);
    }
    return leader;
  }

  /** Opens a heartbeat stream, from bytes to bytes. */
  ByteStream openStream() {
    MetasrvServices services = metasrv.services();
    GrpcServer port =
        new GrpcServer(
            GrpcServerOptions.on(ADDRESS, ADDRESS),
            new GrpcServices(
                services.heartbeat(),
                services.store(),
                services.cluster(),
                services.procedure(),
                services.config(),
                services.admin()),
            runtime);
    ServerServiceDefinition heartbeat =
        port.definitions().stream()
            .filter(
                each -> each.getServiceDescriptor().getName().equals(HeartbeatGrpc.SERVICE_NAME))
            .findFirst()
            .orElseThrow();
    return ByteStream.open(
        heartbeat.getMethod(HeartbeatGrpc.getHeartbeatMethod().getFullMethodName()), runtime);
  }

  @Override
  public void close() throws InterruptedException {
    metasrv.stop();
    peers.close();
  }
}
