package io.metasrv.nodes;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.ResponseHeader;
import io.metasrv.protocol.v1.Status;
import io.metasrv.protocol.v1.flow.CreateRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.protocol.v1.meta.FlowStat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The flow service of a flownode (sheet 01 §12.2). */
final class FlowServer {

  private record RunningFlow(CreateRequest definition, long lastExecutedMillis) {}

  private final TreeMap<Long, RunningFlow> byId = new TreeMap<>();

  List<Long> ids() {
    return List.copyOf(byId.keySet());
  }

  /** The request that each flow was made by last. */
  SortedMap<Long, CreateRequest> definitions() {
    TreeMap<Long, CreateRequest> definitions = new TreeMap<>();
    byId.forEach((id, flow) -> definitions.put(id, flow.definition()));
    return definitions;
  }

  /**
   * @throws ServiceException if the request is refused
   */
  FlowResponse handle(FlowRequest request, Moment now) {
    return switch (request.getBodyCase()) {
      case CREATE -> create(request.getCreate(), now);
      case DROP -> drop(request.getDrop().hasFlowId(), request.getDrop().getFlowId());
      case FLUSH -> flush(request.getFlush().hasFlowId(), request.getFlush().getFlowId(), now);
      case BODY_NOT_SET ->
          throw ServiceException.invalidArguments("Flow request without body: expected a body");
    };
  }

  /** State sizes and times of last execution. The double keeps no state: size 0. */
  FlowStat statistics() {
    FlowStat.Builder stat = FlowStat.newBuilder();
    byId.forEach(
        (id, flow) -> {
          stat.putFlowStatSize(id.intValue(), 0);
          stat.putFlowLastExecTimeMap(id.intValue(), flow.lastExecutedMillis());
        });
    return stat.build();
  }

  private FlowResponse create(CreateRequest request, Moment now) {
    long id = id(request.hasFlowId(), request.getFlowId());
    if (!request.hasSinkTableName() || request.getSql().isEmpty()) {
      throw ServiceException.invalidArguments(
          "Create request of flow " + id + ": expected a sink table and a query");
    }
    if (byId.containsKey(id) && !request.getOrReplace()) {
      if (request.getCreateIfNotExists()) {
        return response(id);
      }
      throw new ServiceException(
          StatusCode.FLOW_ALREADY_EXISTS, "Flow already exists, flow id: " + id);
    }
    byId.put(id, new RunningFlow(request, now.wall().toEpochMilli()));
    return response(id);
  }

  private FlowResponse drop(boolean given, FlowId flowId) {
    long id = id(given, flowId);
    if (byId.remove(id) == null) {
      throw notFound(id);
    }
    return response(id);
  }

  private FlowResponse flush(boolean given, FlowId flowId, Moment now) {
    long id = id(given, flowId);
    RunningFlow flow = byId.get(id);
    if (flow == null) {
      throw notFound(id);
    }
    byId.put(id, new RunningFlow(flow.definition(), now.wall().toEpochMilli()));
    return response(id);
  }

  private static long id(boolean given, FlowId flowId) {
    if (!given) {
      throw ServiceException.invalidArguments("Flow request without flow id");
    }
    return Integer.toUnsignedLong(flowId.getId());
  }

  private static ServiceException notFound(long id) {
    return new ServiceException(StatusCode.FLOW_NOT_FOUND, "Flow not found, flow id: " + id);
  }

  private static FlowResponse response(long id) {
    return FlowResponse.newBuilder()
        .setHeader(
            ResponseHeader.newBuilder()
                .setStatus(Status.newBuilder().setStatusCode(StatusCode.SUCCESS.number())))
        .addAffectedFlows(FlowId.newBuilder().setId((int) id))
        .build();
  }
}
