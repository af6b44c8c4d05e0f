package io.metasrv.application.wire;

import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedurePhase;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import java.util.List;

/** Procedures as messages (sheet 05 §19). */
public final class ProcedureMessages {

  private ProcedureMessages() {}

  /** The answer to a query, without a header, as recorded. */
  public static ProcedureStateResponse state(ProcedureState state) {
    return ProcedureStateResponse.newBuilder()
        .setStatus(status(state.phase()))
        .setError(error(state))
        .build();
  }

  /** The answer to a listing, without a header, as recorded. */
  public static ProcedureDetailResponse details(List<ProcedureView> views) {
    return ProcedureDetailResponse.newBuilder()
        .addAllProcedures(views.stream().map(ProcedureMessages::meta).toList())
        .build();
  }

  private static ProcedureMeta meta(ProcedureView view) {
    return ProcedureMeta.newBuilder()
        .setId(ProcedureIds.toWire(view.id().value()))
        .setTypeName(view.typeName())
        .setStatus(status(view.state().phase()))
        .setStartTimeMs(view.startMillis())
        .setEndTimeMs(view.endMillis())
        .addAllLockKeys(view.locks().keys().stream().map(Object::toString).toList())
        .setError(error(view.state()))
        .build();
  }

  private static String error(ProcedureState state) {
    return state.failure().map(ErrorTexts::forClients).orElse("");
  }

  private static ProcedureStatus status(ProcedurePhase phase) {
    return ProcedureStatus.forNumber(phase.number());
  }
}
