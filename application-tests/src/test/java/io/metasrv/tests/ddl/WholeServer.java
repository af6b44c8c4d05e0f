package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.adapters.grpc.GrpcDatanodeClient;
import io.metasrv.adapters.grpc.GrpcFlownodeClient;
import io.metasrv.adapters.grpc.GrpcPeerClient;
import io.metasrv.adapters.grpc.GrpcServer;
import io.metasrv.adapters.grpc.GrpcServerOptions;
import io.metasrv.adapters.grpc.GrpcServices;
import io.metasrv.application.check.CatalogueCheck;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.LocalElection;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.testkit.catalogue.CatalogueAssert;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/** A metasrv on a store in memory behind its real port, with a fleet of nodes and clients. */
final class WholeServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CALL = Duration.ofSeconds(10);

  final InMemoryStore store = new InMemoryStore();
  final NodeFleet fleet;
  private final String address = "127.0.0.1:" + Ports.free(1).getFirst();
  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final GrpcPeerClient peers =
      new GrpcPeerClient(ChannelSettings.defaults(), CALL, runtime);
  private final GrpcDatanodeClient datanodes =
      new GrpcDatanodeClient(ChannelSettings.defaults(), CALL, runtime);
  private final GrpcFlownodeClient flownodes =
      new GrpcFlownodeClient(ChannelSettings.defaults(), CALL, runtime);
  private final List<MetaClient> clients = new ArrayList<>();
  private final Metasrv metasrv;
  private final GrpcServer port;

  private WholeServer() throws IOException, InterruptedException {
    metasrv =
        MetasrvAssembly.assemble(
            address,
            new MetasrvPorts(
                store,
                new LocalElection(store),
                false,
                peers,
                new NodeClients(datanodes, flownodes),
                runtime,
                new NoMetrics(),
                new RecentEvents(100),
                () -> new Candidate(address, "1.1.4", "abc1234", 1, 2000, 4096, 5, 6, "host")),
            MetasrvOptions.defaults(),
            List.of());
    MetasrvServices services = metasrv.services();
    port =
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
    metasrv.start();
    port.start();
    fleet = NodeFleet.start(List.of(address));
  }

  /** Starts everything and waits until the nodes are known. */
  static WholeServer start() throws IOException, InterruptedException, TimeoutException {
    WholeServer server = new WholeServer();
    server.fleet.awaitConnected(PATIENCE);
    return server;
  }

  /** Another client; closed with the server. */
  MetaClient client() {
    MetaClient client = MetaClient.open(MetaClientOptions.frontend(List.of(address)));
    clients.add(client);
    return client;
  }

  /** Waits until procedures have cleaned up, and checks that everything fits together. */
  void assertAtRest() {
    Eventually.holds(
        "procedures have cleaned up",
        PATIENCE,
        () ->
            CatalogueCheck.run(store).stream()
                .noneMatch(finding -> finding.category().isPassing()));
    CatalogueAssert.assertAtRest(store);
    assertThat(placed()).as("regions on datanodes").isEqualTo(routed());
    assertThat(fleet.storage().regions()).as("files").containsExactlyElementsOf(files());
  }

  /** The regions that lie on each datanode. */
  private SortedMap<Long, SortedSet<RegionId>> placed() {
    TreeMap<Long, SortedSet<RegionId>> placed = new TreeMap<>();
    for (DatanodeDouble datanode : fleet.datanodes()) {
      SortedSet<RegionId> regions = new TreeSet<>(datanode.regions().keySet());
      if (!regions.isEmpty()) {
        placed.put(datanode.id(), regions);
      }
    }
    return placed;
  }

  /** The regions that lie on each datanode by the routes. */
  private SortedMap<Long, SortedSet<RegionId>> routed() {
    TreeMap<Long, SortedSet<RegionId>> routed = new TreeMap<>();
    routes()
        .forEach(
            (table, route) -> {
              if (route instanceof TableRoute.Physical physical) {
                physical
                    .regions()
                    .forEach(
                        region ->
                            routed
                                .computeIfAbsent(
                                    region.leader().orElseThrow().id(), ignored -> new TreeSet<>())
                                .add(region.id()));
              }
            });
    return routed;
  }

  /** The regions that have files by the routes: the physical ones, and on each the logical ones. */
  private SortedSet<RegionId> files() {
    SortedMap<TableId, TableRoute> routes = routes();
    TreeSet<RegionId> files = new TreeSet<>();
    routes.forEach(
        (table, route) -> {
          TableRoute carrier =
              route instanceof TableRoute.Logical logical
                  ? routes.getOrDefault(logical.physicalTable(), route)
                  : route;
          if (carrier instanceof TableRoute.Physical physical) {
            physical
                .regions()
                .forEach(region -> files.add(RegionId.of(table, region.id().regionNumber())));
          }
        });
    return files;
  }

  private SortedMap<TableId, TableRoute> routes() {
    TreeMap<TableId, TableRoute> routes = new TreeMap<>();
    for (KeyValue each :
        store.range(KeyRange.prefix(TableRouteKey.PREFIX), RangeOptions.ALL).kvs()) {
      routes.put(
          TableRouteKey.parse(each.key()).table(),
          TableRouteCodec.CODEC.decode(each.key(), each.value()));
    }
    return routes;
  }

  @Override
  public void close() throws InterruptedException {
    clients.forEach(MetaClient::close);
    fleet.close();
    port.stop(Duration.ofSeconds(1));
    metasrv.stop();
    peers.close();
    datanodes.close();
    flownodes.close();
  }
}
