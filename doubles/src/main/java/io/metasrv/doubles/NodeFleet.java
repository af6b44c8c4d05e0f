package io.metasrv.doubles;

import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.region.RegionStorage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A small cluster of doubles on shared storage: three datanodes, a flownode and a frontend. Ids are
 * 1 to 3 and 1 unless said otherwise. What {@code metasrv playground} starts. Thread-safe.
 */
public final class NodeFleet implements AutoCloseable {

  private static final int DATANODES = 3;

  private final RegionStorage storage = new RegionStorage();
  private final List<DatanodeDouble> datanodes;
  private final FlownodeDouble flownode;
  private final FrontendDouble frontend;

  private NodeFleet(List<String> metasrvs, DatanodeOptions options, long firstId) {
    this.datanodes =
        LongStream.range(firstId, firstId + DATANODES)
            .mapToObj(id -> new DatanodeDouble(id, metasrvs, options, storage))
            .toList();
    this.flownode = new FlownodeDouble(firstId, metasrvs);
    this.frontend = new FrontendDouble(metasrvs);
  }

  /**
   * Starts a fleet of faithful doubles. It returns at once; nodes connect as soon as there is a
   * leader.
   *
   * @param metasrvs {@code host:port} of the metasrvs
   */
  public static NodeFleet start(List<String> metasrvs) {
    return start(metasrvs, DatanodeOptions.faithful());
  }

  /** Starts a fleet whose datanodes have these options. */
  public static NodeFleet start(List<String> metasrvs, DatanodeOptions options) {
    return start(metasrvs, options, 1);
  }

  /** Starts a fleet whose first datanode, and whose flownode, have this id. */
  public static NodeFleet start(List<String> metasrvs, DatanodeOptions options, long firstId) {
    NodeFleet fleet = new NodeFleet(metasrvs, options, firstId);
    try {
      fleet.nodes().forEach(NodeDouble::start);
    } catch (RuntimeException failed) {
      fleet.close();
      throw failed;
    }
    return fleet;
  }

  /** The datanodes, by ascending id. */
  public List<DatanodeDouble> datanodes() {
    return datanodes;
  }

  public FlownodeDouble flownode() {
    return flownode;
  }

  public FrontendDouble frontend() {
    return frontend;
  }

  /** All nodes. */
  public List<NodeDouble<?>> nodes() {
    return Stream.<NodeDouble<?>>concat(datanodes.stream(), Stream.of(flownode, frontend)).toList();
  }

  /** The files that the datanodes share. */
  public RegionStorage storage() {
    return storage;
  }

  /**
   * Waits until every node has a stream and has been answered at least once.
   *
   * @throws TimeoutException if one has not within the limit, which counts for each node
   */
  public void awaitConnected(Duration limit) throws InterruptedException, TimeoutException {
    for (NodeDouble<?> node : nodes()) {
      var unused =
          node.observations()
              .await(
                  node + " is connected",
                  limit,
                  seen -> seen.leader().isPresent() && seen.responses() > 0);
    }
  }

  /** Stops all nodes. */
  @Override
  public void close() {
    nodes().forEach(NodeDouble::close);
  }
}
