package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.metadata.codec.FlowScheduleCodec;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.EvalInterval;
import io.metasrv.protocol.v1.ExpireAfter;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.TableName;
import io.metasrv.protocol.v1.flow.CreateRequest;
import io.metasrv.protocol.v1.flow.DropRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowRequestHeader;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to flownodes (sheet 06 §16). They may be repeated, and unlike in the original those that
 * did not reach their flownode are retryable.
 */
final class FlowRequests {

  private static final Logger LOG = LoggerFactory.getLogger(FlowRequests.class);

  private final DdlContext context;

  FlowRequests(DdlContext context) {
    this.context = context;
  }

  /** Creates or replaces the flow on each flownode. */
  void create(CreateFlowState state, List<Peer> flownodes) throws InterruptedException {
    FlowRequest request = createRequest(state);
    for (Peer flownode : flownodes) {
      send(flownode, request);
    }
  }

  /**
   * Removes the flow from each flownode. An error may be that it is not there: {@code
   * FLOW_NOT_FOUND}.
   */
  void drop(long flowId, Peer flownode) throws InterruptedException {
    send(
        flownode,
        FlowRequest.newBuilder().setDrop(DropRequest.newBuilder().setFlowId(id(flowId))).build());
  }

  private void send(Peer flownode, FlowRequest request) throws InterruptedException {
    context.term().check();
    try {
      context.flownodes().handleCreateRemove(flownode, request);
    } catch (MetasrvException e) {
      LOG.warn("Flow request {} to flownode {} failed", request.getBodyCase(), flownode, e);
      throw e.isRetryable() ? e : DdlErrors.operateDatanode(flownode, e);
    }
  }

  private static FlowRequest createRequest(CreateFlowState state) {
    NewFlow task = state.task();
    CreateRequest.Builder create =
        CreateRequest.newBuilder()
            .setFlowId(id(state.flowId().orElseThrow()))
            .addAllSourceTableIds(
                state.sources().tables().stream().map(FlowRequests::tableId).toList())
            .setSinkTableName(
                TableName.newBuilder()
                    .setCatalogName(task.sink().catalog())
                    .setSchemaName(task.sink().schema())
                    .setTableName(task.sink().table()))
            // So that it may be repeated.
            .setCreateIfNotExists(true)
            .setOrReplace(task.orReplace())
            .setComment(task.comment())
            .setSql(task.sql())
            .putAllFlowOptions(
                task.flowOptions()
                    .forFlownode(
                        state.type().orElseGet(() -> task.flowOptions().type()),
                        task.schedule().map(FlowScheduleCodec.CODEC::encodeText)));
    task.expireAfterSecs()
        .ifPresent(secs -> create.setExpireAfter(ExpireAfter.newBuilder().setValue(secs)));
    task.evalIntervalSecs()
        .ifPresent(secs -> create.setEvalInterval(EvalInterval.newBuilder().setSeconds(secs)));
    return FlowRequest.newBuilder()
        .setHeader(
            FlowRequestHeader.newBuilder().setQueryContext(FlowSessions.toWire(state.session())))
        .setCreate(create)
        .build();
  }

  private static FlowId id(long flowId) {
    return FlowId.newBuilder().setId((int) flowId).build();
  }

  private static io.metasrv.protocol.v1.TableId tableId(TableId table) {
    return io.metasrv.protocol.v1.TableId.newBuilder().setId((int) table.value()).build();
  }

  /** The flownodes at their current addresses; one that has none stored keeps its old one. */
  List<Peer> readdressed(List<Peer> flownodes) {
    if (flownodes.isEmpty()) {
      return flownodes;
    }
    TreeSet<Long> ids =
        flownodes.stream().map(Peer::id).collect(Collectors.toCollection(TreeSet::new));
    SortedMap<Long, String> current =
        context.tables().nodeAddresses().addresses(NodeRole.FLOWNODE, ids);
    return flownodes.stream()
        .map(peer -> new Peer(peer.id(), current.getOrDefault(peer.id(), peer.address())))
        .toList();
  }
}
