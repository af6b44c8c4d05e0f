package io.metasrv.doubles;

import io.metasrv.application.service.ProcedureService;
import io.metasrv.domain.error.ServiceException;
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
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.ReconcileRequest;
import io.metasrv.protocol.v1.meta.ReconcileResponse;

/** Doubles start no procedures. */
record NoProcedures() implements ProcedureService {

  private static ServiceException refused() {
    return ServiceException.unsupported("no procedures here");
  }

  @Override
  public ProcedureStateResponse query(QueryProcedureRequest request) {
    throw refused();
  }

  @Override
  public DdlTaskResponse ddl(DdlTaskRequest request) {
    throw refused();
  }

  @Override
  public ReconcileResponse reconcile(ReconcileRequest request) {
    throw refused();
  }

  @Override
  public MigrateRegionResponse migrate(MigrateRegionRequest request) {
    throw refused();
  }

  @Override
  public ProcedureDetailResponse details(ProcedureDetailRequest request) {
    throw refused();
  }

  @Override
  public GcRegionsResponse gcRegions(GcRegionsRequest request) {
    throw refused();
  }

  @Override
  public GcTableResponse gcTable(GcTableRequest request) {
    throw refused();
  }
}
