package io.metasrv.adapters.grpc;

import io.grpc.stub.StreamObserver;
import io.metasrv.application.service.ProcedureService;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.GcRegionsRequest;
import io.metasrv.protocol.v1.meta.GcRegionsResponse;
import io.metasrv.protocol.v1.meta.GcTableRequest;
import io.metasrv.protocol.v1.meta.GcTableResponse;
import io.metasrv.protocol.v1.meta.MigrateRegionRequest;
import io.metasrv.protocol.v1.meta.MigrateRegionResponse;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc;
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.ReconcileRequest;
import io.metasrv.protocol.v1.meta.ReconcileResponse;

/** {@code greptime.v1.meta.ProcedureService}. */
final class GrpcProcedures extends ProcedureServiceGrpc.ProcedureServiceImplBase {

  private final ProcedureService service;

  GrpcProcedures(ProcedureService service) {
    this.service = service;
  }

  @Override
  public void query(QueryProcedureRequest request, StreamObserver<ProcedureStateResponse> caller) {
    UnaryCalls.answer("ProcedureService.query", caller, () -> service.query(request));
  }

  @Override
  public void ddl(DdlTaskRequest request, StreamObserver<DdlTaskResponse> caller) {
    UnaryCalls.answer("ProcedureService.ddl", caller, () -> service.ddl(request));
  }

  @Override
  public void reconcile(ReconcileRequest request, StreamObserver<ReconcileResponse> caller) {
    UnaryCalls.answer("ProcedureService.reconcile", caller, () -> service.reconcile(request));
  }

  @Override
  public void migrate(MigrateRegionRequest request, StreamObserver<MigrateRegionResponse> caller) {
    UnaryCalls.answer("ProcedureService.migrate", caller, () -> service.migrate(request));
  }

  @Override
  public void details(
      ProcedureDetailRequest request, StreamObserver<ProcedureDetailResponse> caller) {
    UnaryCalls.answer("ProcedureService.details", caller, () -> service.details(request));
  }

  @Override
  public void gcRegions(GcRegionsRequest request, StreamObserver<GcRegionsResponse> caller) {
    UnaryCalls.answer("ProcedureService.gc_regions", caller, () -> service.gcRegions(request));
  }

  @Override
  public void gcTable(GcTableRequest request, StreamObserver<GcTableResponse> caller) {
    UnaryCalls.answer("ProcedureService.gc_table", caller, () -> service.gcTable(request));
  }
}
