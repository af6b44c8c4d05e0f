package io.metasrv.application.ddl;

import io.metasrv.application.ddl.task.DdlTask;
import io.metasrv.application.ddl.task.DdlTaskReader;
import io.metasrv.application.ddl.task.RequestIdentity;
import io.metasrv.application.ddl.task.StatementContext;
import io.metasrv.application.procedure.DdlService;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.Procedures;
import io.metasrv.application.wire.ProcedureIds;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * DDL in one term: each task becomes a procedure, and its caller waits for the end of it. Who gives
 * up waiting leaves the procedure alone.
 */
final class DdlTerm implements DdlService {

  private final Procedures procedures;
  private final DdlProcedures types;
  private final EarlierOutcomes earlier;

  DdlTerm(DdlContext context, Procedures procedures, EarlierOutcomes earlier) {
    this.procedures = procedures;
    this.types = new DdlProcedures(context);
    this.earlier = earlier;
  }

  /** Makes all types recoverable. */
  void register() {
    types.register(procedures);
  }

  @Override
  public DdlTaskResponse run(DdlTaskRequest request) throws InterruptedException {
    DdlTask task = DdlTaskReader.read(request);
    Supplier<List<Procedure>> checked =
        () -> types.of(task, StatementContext.read(request.getQueryContext()));
    return task instanceof DdlTask.DropTables(var drops)
        ? runAll(request, task, checked, drops.size())
        : runOne(request, task, checked);
  }

  private DdlTaskResponse runOne(
      DdlTaskRequest request, DdlTask task, Supplier<List<Procedure>> procedure)
      throws InterruptedException {
    RequestIdentity identity = RequestIdentity.of(request, 0);
    ProcedureId id = begin(identity, () -> procedure.get().getFirst());
    return waits(request) ? response(id, end(task, identity, id)) : response(id);
  }

  /** One after the other, up to the first that fails; the answer names the last. */
  private DdlTaskResponse runAll(
      DdlTaskRequest request, DdlTask task, Supplier<List<Procedure>> checked, int count)
      throws InterruptedException {
    // All are checked before the first begins.
    List<Procedure> all = checked.get();
    DdlTaskResponse last = DdlTaskResponse.getDefaultInstance();
    for (int part = 0; part < count; part++) {
      RequestIdentity identity = RequestIdentity.of(request, part);
      Procedure next = all.get(part);
      ProcedureId id = begin(identity, () -> next);
      last = waits(request) ? response(id, end(task, identity, id)) : response(id);
    }
    return last;
  }

  /**
   * Whether the answer is the end of the procedure and not its beginning. Clients of before the
   * flag existed leave it and the time out; they wait.
   */
  private static boolean waits(DdlTaskRequest request) {
    return request.getWait() || request.getTimeoutSecs() == 0;
  }

  /**
   * Starts a procedure, unless the request is one that was sent before.
   *
   * @param procedure checks and makes it; not asked if it is not needed, for the checks of a
   *     statement that is done may fail just because it is done
   */
  private ProcedureId begin(RequestIdentity identity, Supplier<Procedure> procedure) {
    return switch (identity) {
      case RequestIdentity.Unknown ignored -> procedures.submit(procedure.get());
      case RequestIdentity.Token(ProcedureId id) -> once(id, procedure);
      case RequestIdentity.Statement(ProcedureId id) -> overlapping(id, procedure);
    };
  }

  private ProcedureId once(ProcedureId id, Supplier<Procedure> procedure) {
    if (procedures.state(id).isPresent()) {
      return id;
    }
    Procedure checked;
    try {
      checked = procedure.get();
    } catch (MetasrvException refused) {
      if (earlier.find(id).isPresent()) {
        return id;
      }
      throw refused;
    }
    boolean unused = procedures.submitOnce(id, checked);
    return id;
  }

  private ProcedureId overlapping(ProcedureId id, Supplier<Procedure> procedure) {
    Optional<ProcedureState> state = procedures.state(id);
    if (state.isPresent() && !state.get().isTerminal()) {
      return id;
    }
    Procedure checked = procedure.get();
    if (state.isEmpty() && procedures.submitOnce(id, checked)) {
      return id;
    }
    // One that began after we looked overlaps, too; one that ended before does not.
    return state.isEmpty() && procedures.state(id).isPresent() ? id : procedures.submit(checked);
  }

  /** What it left; a former leader's is found by the names. */
  private ProcedureOutput end(DdlTask task, RequestIdentity identity, ProcedureId id)
      throws InterruptedException {
    if (identity instanceof RequestIdentity.Token && procedures.state(id).isEmpty()) {
      Optional<EarlierOutcomes.Outcome> ended = earlier.find(id);
      if (ended.isPresent()) {
        ended.get().requireSuccess();
        return new ProcedureOutput.TableIds(types.created(task));
      }
    }
    return procedures.await(id);
  }

  private static DdlTaskResponse response(ProcedureId id) {
    return DdlTaskResponse.newBuilder().setPid(ProcedureIds.toWire(id.value())).build();
  }

  private static DdlTaskResponse response(ProcedureId id, ProcedureOutput output) {
    DdlTaskResponse.Builder response =
        DdlTaskResponse.newBuilder().setPid(ProcedureIds.toWire(id.value()));
    switch (output) {
      case ProcedureOutput.TableIds(List<TableId> ids) ->
          ids.forEach(
              table ->
                  response.addTableIds(
                      io.metasrv.protocol.v1.TableId.newBuilder().setId((int) table.value())));
      case ProcedureOutput.FlowId ignored -> {
        // Clients do not ask for it.
      }
      case ProcedureOutput.Nothing ignored -> {
        // There is nothing to say.
      }
    }
    return response.build();
  }
}
