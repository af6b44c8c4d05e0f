package io.metasrv.nodes;

import io.metasrv.nodes.instruction.CacheIdent;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.protocol.v1.flow.CreateRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.protocol.v1.meta.FlowStat;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A flownode: heartbeats, cache invalidation and the flow service (sheet 01 §12.2, §14). */
public final class Flownode extends RestartingNode {

  private final NodeProfile profile;
  private final FlowServer flows = new FlowServer();
  private final List<CacheIdent> invalidated = new ArrayList<>();

  public Flownode(NodeProfile profile, NodeObserver observer, Moment now) {
    super(observer, now);
    this.profile = profile;
  }

  /** The cache entries it was told to drop, in order. */
  public List<CacheIdent> invalidated() {
    return List.copyOf(invalidated);
  }

  /** The ids of its flows, ascending; unsigned 32 bits. */
  public List<Long> flows() {
    return flows.ids();
  }

  /** The request that each flow was made by last, by its id. */
  public SortedMap<Long, CreateRequest> definitions() {
    return flows.definitions();
  }

  /**
   * Handles a flow request.
   *
   * @throws io.metasrv.domain.error.ServiceException if it is refused
   */
  public FlowResponse handle(FlowRequest request, Moment now) {
    return flows.handle(request, now);
  }

  @Override
  public HeartbeatRequest handshake() {
    return Requests.headerOnly(Role.FLOWNODE, profile);
  }

  /** Neither workloads nor extensions; no flow statistics in the first message of a stream. */
  @Override
  HeartbeatRequest heartbeat(boolean first) {
    HeartbeatRequest.Builder request =
        handshake().toBuilder()
            .setPeer(Requests.peer(profile))
            .setNodeEpoch(profile.epochMillis())
            .setInfo(profile.info());
    if (!first) {
      request.setFlowStat(flowStat());
    }
    return request.build();
  }

  private FlowStat flowStat() {
    return flows.statistics();
  }

  @Override
  void handle(HeartbeatResponse response, Optional<Instruction> instruction) {
    if (instruction.isPresent()
        && instruction.get() instanceof Instruction.InvalidateCaches caches) {
      invalidated.addAll(caches.caches());
    }
  }
}
