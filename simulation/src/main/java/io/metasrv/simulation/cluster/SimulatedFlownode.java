package io.metasrv.simulation.cluster;

import io.metasrv.nodes.Flownode;
import io.metasrv.nodes.NodeObserver;
import io.metasrv.nodes.NodeProfile;
import io.metasrv.protocol.v1.flow.CreateRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.util.SortedMap;

/** One flownode of a cluster: the state machine of module {@code nodes} in a process of its own. */
public final class SimulatedFlownode {

  private final long id;
  private final SimulatedProcess process;
  private final Flownode node;
  private final NodeDriver driver;

  /** A flownode that is not started yet. */
  public SimulatedFlownode(Site site, Metasrvs metasrvs, long id, double clockRate) {
    this.id = id;
    this.process = site.world().process("flownode-" + id, clockRate);
    this.node =
        new Flownode(
            NodeProfile.of(id, address(), process.wallClock()),
            NodeObserver.NOBODY,
            NodeDriver.now(process));
    this.driver = new NodeDriver(metasrvs, process, "flownode", "stream of flownode " + id, node);
  }

  /** Starts it. */
  public void start() {
    driver.begin();
  }

  /**
   * Handles a flow request; runs in its process.
   *
   * @throws io.metasrv.domain.error.ServiceException if it is refused
   */
  FlowResponse handle(FlowRequest request) {
    return node.handle(request, NodeDriver.now(process));
  }

  /** Its flows by their ids, as they were asked for last. */
  public SortedMap<Long, CreateRequest> flows() {
    return node.definitions();
  }

  /** The process it runs in. */
  public SimulatedProcess process() {
    return process;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Its address. */
  public String address() {
    return "flownode-" + id + ":6800";
  }
}
