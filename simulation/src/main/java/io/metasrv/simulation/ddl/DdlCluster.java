package io.metasrv.simulation.ddl;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.NodeObserver;
import io.metasrv.nodes.RegionsOnRecord;
import io.metasrv.nodes.region.LeaseMode;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.simulation.cluster.MetasrvSetup;
import io.metasrv.simulation.cluster.Metasrvs;
import io.metasrv.simulation.cluster.SimulatedDatanode;
import io.metasrv.simulation.cluster.SimulatedFlownode;
import io.metasrv.simulation.cluster.SimulatedMetasrv;
import io.metasrv.simulation.cluster.SimulatedNodeClients;
import io.metasrv.simulation.cluster.Site;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import io.metasrv.simulation.store.SimulatedStoreServer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two metasrvs as in production, three datanodes, two flownodes and a client, on one store. */
final class DdlCluster implements MetasrvSetup {

  private static final int METASRVS = 2;
  private static final int DATANODES = 3;
  private static final int FLOWNODES = 2;
  private static final int QUEUE_LIMIT = 64;

  /** Ids of tables and flows that no other number is equal to, so that a number says what it is. */
  private static final long FIRST_TABLE = 70_000;

  private static final long FIRST_FLOW = 50_000;

  private final World world;
  private final Site site;
  private final Sabotage sabotage;
  private final Effects effects;
  private final RegionStorage storage = new RegionStorage();
  private final List<SimulatedMetasrv> servers = new ArrayList<>();
  private final List<SimulatedDatanode> datanodes = new ArrayList<>();
  private final List<SimulatedFlownode> flownodes = new ArrayList<>();
  private final Client client;

  DdlCluster(long seed, Disturbance disturbance, Sabotage sabotage) {
    this.world = World.of(seed);
    this.sabotage = sabotage;
    this.effects = new Effects(disturbance, this::cutOff);
    SimulatedNetwork network =
        new SimulatedNetwork(world, Duration.ofMillis(1), Duration.ofMillis(30));
    // Answers that outlive a lease are for scenarios of their own.
    network.calm();
    this.site =
        new Site(
            world,
            network,
            SimulatedStoreServer.sound(world, world.process("store"), ElectionTiming.REFERENCE));
    for (int i = 1; i <= METASRVS; i++) {
      servers.add(new SimulatedMetasrv(site, this, "meta-%d:3002".formatted(i), clockRate()));
    }
    Metasrvs metasrvs = new Metasrvs(site, servers, QUEUE_LIMIT);
    for (long id = 1; id <= DATANODES; id++) {
      datanodes.add(datanode(metasrvs, id));
    }
    for (long id = 1; id <= FLOWNODES; id++) {
      flownodes.add(new SimulatedFlownode(site, metasrvs, id, clockRate()));
    }
    this.client = new Client(world.process("frontend"), network, servers);
  }

  private SimulatedDatanode datanode(Metasrvs metasrvs, long id) {
    return new SimulatedDatanode(
        site,
        metasrvs,
        id,
        clockRate(),
        storage,
        DatanodeOptions.faithful().withLeaseMode(LeaseMode.STRICT),
        () -> onRecord(id),
        NodeObserver.NOBODY);
  }

  /** Clocks are within 1 % of true time. */
  private double clockRate() {
    return 0.99 + world.random().nextDouble() * 0.02;
  }

  private List<RegionsOnRecord> onRecord(long datanode) {
    return RangePager.pairs(
            content(), KeyRange.prefix(Bytes.utf8(RegionsOnRecord.prefix(datanode))))
        .readAll()
        .stream()
        .map(pair -> RegionsOnRecord.read(pair.value().toUtf8()))
        .toList();
  }

  /** Starts everything. */
  void start() {
    sequence("table_id", FIRST_TABLE);
    sequence("flow_id", FIRST_FLOW);
    servers.forEach(SimulatedMetasrv::start);
    datanodes.forEach(SimulatedDatanode::start);
    flownodes.forEach(SimulatedFlownode::start);
  }

  private void sequence(String name, long next) {
    byte[] value = new byte[Long.BYTES];
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putLong(next);
    var unused =
        content().put(Bytes.utf8("__meta_seq-" + name), Bytes.wrap(value), Previous.DISCARD);
  }

  @Override
  public NodeClients nodes(SimulatedProcess process) {
    return sabotage.nodes(
        SimulatedNodeClients.of(site, process, effects.of(process), datanodes, flownodes),
        this::isAfterCrash);
  }

  @Override
  public KeyValueStore store(SimulatedProcess process, KeyValueStore store) {
    return sabotage.store(store);
  }

  @Override
  public RemoteEffects effects(SimulatedProcess process) {
    return effects.of(process);
  }

  /** Whether the leader that was to die is dead. */
  boolean isAfterCrash() {
    return effects.points().crashedAt().isPresent();
  }

  /** Whether every open region has its lease. */
  boolean isWritable() {
    return datanodes.stream()
        .allMatch(node -> node.regions().stream().allMatch(region -> node.isWritable(region.id())));
  }

  private void cutOff(String call, Duration howLong) {
    for (SimulatedProcess node : nodes()) {
      if (call.endsWith(" at " + node.name())) {
        servers.forEach(server -> cut(server.process(), node, howLong));
      }
    }
  }

  private List<SimulatedProcess> nodes() {
    List<SimulatedProcess> nodes = new ArrayList<>();
    datanodes.forEach(node -> nodes.add(node.process()));
    flownodes.forEach(node -> nodes.add(node.process()));
    return nodes;
  }

  private void cut(SimulatedProcess server, SimulatedProcess node, Duration howLong) {
    site.network().cut(server, node);
    site.network().cut(node, server);
    world.at(
        howLong,
        "reachable again",
        () -> {
          site.network().heal(server, node);
          site.network().heal(node, server);
        });
  }

  World world() {
    return world;
  }

  Effects effects() {
    return effects;
  }

  Client client() {
    return client;
  }

  RegionStorage storage() {
    return storage;
  }

  List<SimulatedDatanode> datanodes() {
    return datanodes;
  }

  List<SimulatedFlownode> flownodes() {
    return flownodes;
  }

  /** The store, read past the network. */
  KeyValueStore content() {
    return site.store().content();
  }

  /** Who leads, if somebody does. */
  Optional<SimulatedMetasrv> leader() {
    return servers.stream().filter(server -> server.claims().isPresent()).findFirst();
  }
}
