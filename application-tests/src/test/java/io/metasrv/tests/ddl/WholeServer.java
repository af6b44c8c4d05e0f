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
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.testkit.catalogue.CatalogueAssert;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/** A metasrv behind its real port, with a fleet of nodes and clients. */
final class WholeServer implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CALL = Duration.ofSeconds(10);

  final KeyValueStore store;
  final NodeFleet fleet;
  final String address = "127.0.0.1:" + Ports.free(1).getFirst();
  // What has to be closed, the last one first.
  private final Deque<AutoCloseable> open;

  private WholeServer(ServerStore backend, long firstNode, Deque<AutoCloseable> open)
      throws IOException, InterruptedException, TimeoutException {
    this.open = open;
    this.store = backend.store();
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    GrpcPeerClient peers = opened(new GrpcPeerClient(ChannelSettings.defaults(), CALL, runtime));
    NodeClients nodes =
        new NodeClients(
            opened(new GrpcDatanodeClient(ChannelSettings.defaults(), CALL, runtime)),
            opened(new GrpcFlownodeClient(ChannelSettings.defaults(), CALL, runtime)));
    Metasrv metasrv =
        MetasrvAssembly.assemble(
            address,
            new MetasrvPorts(
                store,
                backend.election(),
                backend.isShared(),
                peers,
                nodes,
                runtime,
                new NoMetrics(),
                new RecentEvents(100),
                () -> backend.self(address)),
            MetasrvOptions.defaults(),
            List.of());
    open.push(metasrv::stop);
    metasrv.start();
    GrpcServer port =
        new GrpcServer(
            GrpcServerOptions.on(address, address), services(metasrv.services()), runtime);
    open.push(() -> port.stop(Duration.ofSeconds(1)));
    port.start();
    this.fleet = opened(NodeFleet.start(List.of(address), DatanodeOptions.faithful(), firstNode));
    fleet.awaitConnected(PATIENCE);
  }

  private static GrpcServices services(MetasrvServices services) {
    return new GrpcServices(
        services.heartbeat(),
        services.store(),
        services.cluster(),
        services.procedure(),
        services.config(),
        services.admin());
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** Starts everything on a store in memory and waits until the nodes are known. */
  static WholeServer start() throws Exception {
    return start(ServerStore.inMemory(), 1);
  }

  /**
   * Starts everything and waits until the nodes are known.
   *
   * @param backend closed with the server, also if the start fails
   * @param firstNode id of the first of three datanodes, and of the flownode
   */
  static WholeServer start(ServerStore backend, long firstNode) throws Exception {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    open.push(backend);
    try {
      return new WholeServer(backend, firstNode, open);
    } catch (Exception | Error failed) {
      try {
        closeAll(open);
      } catch (Exception another) {
        failed.addSuppressed(another);
      }
      throw failed;
    }
  }

  /** Another client; closed with the server. */
  MetaClient client() {
    return opened(MetaClient.open(MetaClientOptions.frontend(List.of(address))));
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
  public void close() throws Exception {
    closeAll(open);
  }

  /** Closes everything, whatever of it fails; the first failure is thrown, with the others. */
  private static void closeAll(Deque<AutoCloseable> open) throws Exception {
    List<Exception> failures = new ArrayList<>();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failed) {
        failures.add(failed);
      }
    }
    if (!failures.isEmpty()) {
      Exception first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}
