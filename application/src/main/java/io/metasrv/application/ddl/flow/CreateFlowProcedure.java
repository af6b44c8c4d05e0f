package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.RepeatableStep;
import io.metasrv.application.ddl.flow.CreateFlowState.Phase;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.Peer;
import io.metasrv.domain.flow.QueryContext;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.ProcedureOutput;
import java.util.List;
import java.util.Optional;

/** CREATE FLOW, also with OR REPLACE, and before its sources are there. */
public final class CreateFlowProcedure implements Procedure {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "CreateFlow";

  private final CreateFlowPreparation preparation;
  private final FlowRequests requests;
  private final CreatedFlow created;
  private CreateFlowState state;
  private boolean recovered;

  /**
   * A new one.
   *
   * @param statement its session
   */
  public CreateFlowProcedure(DdlContext context, NewFlow task, QueryContext statement) {
    this(context, CreateFlowState.begin(task, FlowSessions.ofFlow(statement)));
  }

  private CreateFlowProcedure(DdlContext context, CreateFlowState state) {
    this.preparation = new CreateFlowPreparation(context);
    this.requests = new FlowRequests(context);
    this.created = new CreatedFlow(context);
    this.state = state;
  }

  /** The one whose dump this is. */
  public static CreateFlowProcedure load(DdlContext context, String dump) {
    return new CreateFlowProcedure(context, CreateFlowState.ofJson(dump));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public void recover() {
    recovered = true;
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return RepeatableStep.run(
        () ->
            switch (state.phase()) {
              case PREPARE -> prepare();
              case CREATE_FLOWS -> createFlows(recovered || run.isRetrying());
              case CREATE_METADATA -> createMetadata();
              case INVALIDATE_FLOW_CACHE -> invalidateCache();
            });
  }

  private Step prepare() {
    Optional<Long> existing = preparation.existing(state.task());
    if (existing.isPresent()) {
      return done(existing.get());
    }
    state = preparation.prepared(state);
    return Step.persisted();
  }

  private Step createFlows(boolean later) throws InterruptedException {
    List<Peer> flownodes = later ? requests.readdressed(state.peers()) : state.peers();
    requests.create(state, flownodes);
    state = state.next(Phase.CREATE_METADATA);
    return Step.persisted();
  }

  private Step createMetadata() {
    created.store(state);
    if (state.former().isPresent()) {
      state = state.replaced();
    }
    state = state.next(Phase.INVALIDATE_FLOW_CACHE);
    return Step.persisted();
  }

  private Step invalidateCache() {
    created.tell(state);
    return done(state.flowId().orElseThrow());
  }

  private static Step done(long flowId) {
    return new Step.Done(new ProcedureOutput.FlowId(flowId));
  }

  @Override
  public String dump() {
    return state.toJson();
  }

  @Override
  public List<LockKey> locks() {
    NewFlow task = state.task();
    return List.of(
        LockKey.catalog(LockMode.SHARE, task.catalog()),
        LockKey.flowName(task.catalog(), task.name()));
  }

  @Override
  public String subject() {
    return "flow " + state.task().fullName();
  }
}
