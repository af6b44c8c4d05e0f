package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.SteppedProcedure;
import io.metasrv.application.heartbeat.codec.PeerCodec;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.FlowInfoCodec;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.FlowStatus;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import java.util.List;
import java.util.Optional;

/**
 * DROP FLOW. Beside the id it locks the name, as CREATE FLOW does, and it refuses a name and an id
 * that don't belong together.
 */
public final class DropFlowProcedure extends SteppedProcedure<DropFlowProcedure.State> {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "DropFlow";

  enum State {
    PREPARE,
    DELETE_METADATA,
    INVALIDATE_FLOW_CACHE,
    DROP_FLOWS
  }

  private final DdlContext context;
  private final FlowRequests requests;
  private final FlowDrop task;
  private Optional<FlowInfo> info = Optional.empty();
  private List<Peer> flownodes = List.of();
  private boolean recovered;

  /** A new one. */
  public DropFlowProcedure(DdlContext context, FlowDrop task) {
    super(TYPE, State.PREPARE);
    this.context = context;
    this.requests = new FlowRequests(context);
    this.task = task;
  }

  /** The one whose dump this is. */
  public static DropFlowProcedure load(DdlContext context, String dump) {
    return restore(dump, State.values(), data -> read(context, data));
  }

  private static DropFlowProcedure read(DdlContext context, JsonValue.Object data) {
    DropFlowProcedure loaded = new DropFlowProcedure(context, FlowDrop.read(data.require("task")));
    loaded.info = data.find("flow_info_value").map(FlowInfoCodec.CODEC::read);
    loaded.flownodes =
        data.require("flow_route_values").asArray().stream()
            .map(route -> PeerCodec.read(route.asObject().require("peer")))
            .toList();
    return loaded;
  }

  @Override
  public void recover() {
    recovered = true;
  }

  @Override
  protected Step step(State at, ProcedureContext run) throws InterruptedException {
    return switch (at) {
      case PREPARE -> prepare();
      case DELETE_METADATA -> deleteMetadata();
      case INVALIDATE_FLOW_CACHE -> invalidateCache();
      case DROP_FLOWS -> dropFlows(recovered || run.isRetrying());
    };
  }

  private Step prepare() {
    Optional<Long> named = context.flows().idOf(task.catalog(), task.name());
    if (named.isEmpty()) {
      if (task.ifExists()) {
        return Step.done();
      }
      throw DdlErrors.flowNotFound(task.fullName());
    }
    if (named.get() != task.flowId()) {
      throw ServiceException.invalidArguments(
          "The request names flow %s and flow id %d, but %s has the id %d; nothing was done"
              .formatted(task.fullName(), task.flowId(), task.fullName(), named.get()));
    }
    FlowInfo found =
        context
            .flows()
            .get(task.flowId())
            .map(Stored::value)
            .orElseThrow(() -> DdlErrors.flowNotFound(task.fullName()));
    flownodes = List.copyOf(context.flows().routes(task.flowId()).values());
    if (flownodes.isEmpty() && found.status() != FlowStatus.PENDING_SOURCES) {
      throw DdlErrors.flowRouteNotFound(task.fullName());
    }
    info = Optional.of(found);
    return next(State.DELETE_METADATA);
  }

  private FlowInfo info() {
    return info.orElseThrow(
        () -> DdlErrors.unexpected("the state of DROP FLOW " + task.fullName() + " has no info"));
  }

  private Step deleteMetadata() {
    context.flows().destroy(task.flowId(), info());
    return next(State.INVALIDATE_FLOW_CACHE);
  }

  private Step invalidateCache() {
    context
        .caches()
        .invalidate(
            "Invalidate flow cache by dropping flow",
            List.of(
                new CacheIdent.OfFlowId(task.flowId()),
                new CacheIdent.OfFlowName(task.catalog(), task.name()),
                DroppedFlow.ident(task.flowId(), info())));
    return next(State.DROP_FLOWS);
  }

  private Step dropFlows(boolean later) throws InterruptedException {
    for (Peer flownode : later ? requests.readdressed(flownodes) : flownodes) {
      dropAt(flownode);
    }
    return Step.done();
  }

  private void dropAt(Peer flownode) throws InterruptedException {
    try {
      requests.drop(task.flowId(), flownode);
    } catch (MetasrvException e) {
      // Gone already: dropped by an earlier attempt, or the flownode lost it.
      if (e.code() != StatusCode.FLOW_NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  protected void writeMembers(JsonWriter out) {
    task.write(out.name("task"));
    out.name("flow_info_value");
    info.ifPresentOrElse(value -> FlowInfoCodec.CODEC.write(out, value), out::nullValue);
    out.name("flow_route_values").array(flownodes, DropFlowProcedure::writeRoute);
  }

  private static void writeRoute(JsonWriter out, Peer flownode) {
    PeerCodec.write(out.beginObject().name("peer"), flownode);
    out.endObject();
  }

  @Override
  public List<LockKey> locks() {
    return List.of(
        LockKey.catalog(LockMode.SHARE, task.catalog()),
        LockKey.flow(LockMode.EXCLUSIVE, task.flowId()),
        LockKey.flowName(task.catalog(), task.name()));
  }

  @Override
  public String subject() {
    return "flow " + task.fullName();
  }
}
