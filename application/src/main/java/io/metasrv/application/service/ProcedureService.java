package io.metasrv.application.service;

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

/**
 * Service {@code ProcedureService} (sheet 01 §8). Leader only: a follower answers in band, before
 * it looks at anything else. Then the header is checked, then the parameters. Thread-safe.
 */
public interface ProcedureService {
  /** State of a procedure that the manager still knows. */
  ProcedureStateResponse query(QueryProcedureRequest request);

  /** Runs a DDL task. */
  DdlTaskResponse ddl(DdlTaskRequest request);

  /** Submits a reconciliation. */
  ReconcileResponse reconcile(ReconcileRequest request);

  /** Submits a region migration. */
  MigrateRegionResponse migrate(MigrateRegionRequest request);

  /** Lists the procedures known. */
  ProcedureDetailResponse details(ProcedureDetailRequest request);

  /** Collects the garbage of regions. */
  GcRegionsResponse gcRegions(GcRegionsRequest request);

  /** Collects the garbage of a table. */
  GcTableResponse gcTable(GcTableRequest request);
}
