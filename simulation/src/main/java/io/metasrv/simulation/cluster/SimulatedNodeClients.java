package io.metasrv.simulation.cluster;

import io.metasrv.application.port.NodeClients;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NodeException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import io.metasrv.simulation.kernel.RemoteCalls;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One process's clients of the datanodes and flownodes, with the errors of the gRPC adapters: a
 * call without an answer may be tried again, and so may one whose node answers with a code that
 * travels as UNAVAILABLE, CANCELLED or DEADLINE_EXCEEDED.
 */
public final class SimulatedNodeClients {

  /** The reference's deadline of a call. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final RemoteCalls calls;
  private final List<SimulatedDatanode> datanodes;
  private final List<SimulatedFlownode> flownodes;

  private SimulatedNodeClients(
      RemoteCalls calls, List<SimulatedDatanode> datanodes, List<SimulatedFlownode> flownodes) {
    this.calls = calls;
    this.datanodes = datanodes;
    this.flownodes = flownodes;
  }

  /**
   * The clients of a process.
   *
   * @param effects what stands around each call
   * @param datanodes who can be reached; looked at anew for each call
   * @param flownodes the same
   */
  public static NodeClients of(
      Site site,
      SimulatedProcess caller,
      RemoteEffects effects,
      List<SimulatedDatanode> datanodes,
      List<SimulatedFlownode> flownodes) {
    SimulatedNodeClients clients =
        new SimulatedNodeClients(
            new RemoteCalls(site.network(), caller, effects), datanodes, flownodes);
    return new NodeClients(clients::region, clients::flow);
  }

  /** The error of a call that got no answer. */
  public static NodeException unanswered(String what) {
    return new NodeException(
        true, what, new ServiceException(StatusCode.DEADLINE_EXCEEDED, "no answer in " + TIMEOUT));
  }

  private RegionResponse region(Peer peer, RegionRequest request) throws InterruptedException {
    SimulatedDatanode datanode = find(datanodes, SimulatedDatanode::address, peer);
    String what = "region " + request.getBodyCase().name().toLowerCase(Locale.ROOT);
    return call(datanode.process(), what, () -> datanode.handle(request));
  }

  private FlowResponse flow(Peer peer, FlowRequest request) throws InterruptedException {
    SimulatedFlownode flownode = find(flownodes, SimulatedFlownode::address, peer);
    String what = "flow " + request.getBodyCase().name().toLowerCase(Locale.ROOT);
    return call(flownode.process(), what, () -> flownode.handle(request));
  }

  private <T> T call(SimulatedProcess node, String what, RemoteCalls.Request<T> request)
      throws InterruptedException {
    try {
      return calls.call(node, what, TIMEOUT, request).orElseThrow(() -> unanswered(what));
    } catch (ServiceException refused) {
      throw new NodeException(travelsAsRetryable(refused.code()), what, refused);
    }
  }

  private static boolean travelsAsRetryable(StatusCode code) {
    return switch (code.rpcCode()) {
      case UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  private static <N> N find(List<N> nodes, Function<N, String> address, Peer peer) {
    return nodes.stream()
        .filter(node -> address.apply(node).equals(peer.address()))
        .findFirst()
        .orElseThrow(
            () ->
                new NodeException(
                    true,
                    "call of " + peer,
                    new ServiceException(
                        StatusCode.STORAGE_UNAVAILABLE, "nobody listens at this address")));
  }
}
