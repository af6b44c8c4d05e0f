package io.metasrv.simulation.cluster;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.Datanode;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.NodeObserver;
import io.metasrv.nodes.NodeProfile;
import io.metasrv.nodes.RegionsOnRecord;
import io.metasrv.nodes.region.HostedRegion;
import io.metasrv.nodes.region.LeaseMode;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * One datanode of a cluster: the state machine of module {@code nodes} in a process of its own,
 * started again after a crash.
 */
public final class SimulatedDatanode {

  private final Site site;
  private final Metasrvs metasrvs;
  private final long id;
  private final double clockRate;
  private final RegionStorage storage;
  private final DatanodeOptions options;
  private final Supplier<List<RegionsOnRecord>> onRecord;
  private final NodeObserver observer;
  private Life life;

  /**
   * A datanode that is not started yet.
   *
   * @param onRecord the regions it opens at each start
   * @param observer sees what it sees
   */
  public SimulatedDatanode(
      Site site,
      Metasrvs metasrvs,
      long id,
      double clockRate,
      RegionStorage storage,
      List<RegionsOnRecord> onRecord,
      NodeObserver observer) {
    this(
        site,
        metasrvs,
        id,
        clockRate,
        storage,
        DatanodeOptions.permissive().withLeaseMode(LeaseMode.STRICT),
        always(List.copyOf(onRecord)),
        observer);
  }

  /**
   * A datanode that is not started yet.
   *
   * @param options how it behaves
   * @param onRecord what it reads in the store at each start
   * @param observer sees what it sees
   */
  public SimulatedDatanode(
      Site site,
      Metasrvs metasrvs,
      long id,
      double clockRate,
      RegionStorage storage,
      DatanodeOptions options,
      Supplier<List<RegionsOnRecord>> onRecord,
      NodeObserver observer) {
    this.site = site;
    this.metasrvs = metasrvs;
    this.id = id;
    this.clockRate = clockRate;
    this.storage = storage;
    this.options = options;
    this.onRecord = onRecord;
    this.observer = observer;
    this.life = new Life();
  }

  private static Supplier<List<RegionsOnRecord>> always(List<RegionsOnRecord> regions) {
    return () -> regions;
  }

  /** Starts it. */
  public void start() {
    life.driver.begin();
  }

  /** Kills it, if it lives, and starts it anew after the time. */
  public void crashAndRestartAfter(Duration downtime) {
    if (life.process.isAlive()) {
      life.process.crash();
      site.world()
          .at(
              downtime,
              "restart datanode " + id,
              () -> {
                life = new Life();
                life.driver.begin();
              });
    }
  }

  /** Lets it read its stream, or leave unread what comes. */
  public void reads(boolean now) {
    Life current = life;
    current.process.post("reads " + now, () -> current.driver.reads(now));
  }

  /** Makes it give up its stream and connect anew. */
  public void reconnects() {
    Life current = life;
    current.process.post("reconnects", current.driver::loseStream);
  }

  /** Whether it would accept a write to the region right now, by its own clock. */
  public boolean isWritable(RegionId region) {
    return life.process.isAlive()
        && life.node.regions().isWritable(region, life.process.monotonic());
  }

  /**
   * Handles a region request; runs in its process.
   *
   * @throws io.metasrv.domain.error.ServiceException if it is refused
   */
  RegionResponse handle(RegionRequest request) {
    RegionResponse response = life.node.handle(request, NodeDriver.now(life.process));
    // A region that it opened has a deadline of its own.
    life.driver.look();
    return response;
  }

  /** The regions it has open, ascending; none while it is dead. */
  public List<HostedRegion> regions() {
    return life.process.isAlive() ? life.node.regions().regions() : List.of();
  }

  /** The process it runs in at the moment, or ran in last. */
  public SimulatedProcess process() {
    return life.process;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Its address. */
  public String address() {
    return address(id);
  }

  /** The address of the datanode with the number. */
  public static String address(long datanodeId) {
    return "datanode-" + datanodeId + ":4001";
  }

  /** One process of the datanode. */
  private final class Life {
    private final SimulatedProcess process = site.world().process("datanode-" + id, clockRate);
    private final Datanode node =
        new Datanode(
            NodeProfile.of(id, address(id), process.wallClock()),
            options,
            storage,
            onRecord.get(),
            observer,
            NodeDriver.now(process));
    private final NodeDriver driver =
        new NodeDriver(metasrvs, process, "datanode", "stream of datanode " + id, node);
  }
}
