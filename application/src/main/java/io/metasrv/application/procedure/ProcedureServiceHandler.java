package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.service.ProcedureService;
import io.metasrv.application.wire.ProcedureIds;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.TableNameKey;
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
import java.util.Locale;
import java.util.function.LongPredicate;

/**
 * Service ProcedureService as far as it goes without a procedure manager: each call checks
 * leadership, header and parameters in the reference's order and with its words. Queries are
 * answered as a manager without procedures answers; what would have to run a procedure is refused
 * as not supported, so that nobody takes it for done.
 */
public final class ProcedureServiceHandler implements ProcedureService {

  private static final ProcedureStateResponse NO_STATE =
      ProcedureStateResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final DdlTaskResponse NO_DDL =
      DdlTaskResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final ReconcileResponse NO_RECONCILIATION =
      ReconcileResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final MigrateRegionResponse NO_MIGRATION =
      MigrateRegionResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final ProcedureDetailResponse NO_DETAILS =
      ProcedureDetailResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final GcRegionsResponse NO_REGIONS_GC =
      GcRegionsResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final GcTableResponse NO_TABLE_GC =
      GcTableResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();

  private final Leadership leadership;
  private final KeyValueStore store;
  private final LongPredicate aliveDatanodes;

  /**
   * @param store the metadata store beneath the chroot, for reads
   * @param aliveDatanodes whether the datanode with this id was heard of within its lease
   */
  public ProcedureServiceHandler(
      Leadership leadership, KeyValueStore store, LongPredicate aliveDatanodes) {
    this.leadership = leadership;
    this.store = store;
    this.aliveDatanodes = aliveDatanodes;
  }

  @Override
  public ProcedureStateResponse query(QueryProcedureRequest request) {
    if (follows()) {
      return NO_STATE;
    }
    requireHeader(request.hasHeader());
    requireParameter(request.hasPid(), "pid");
    throw ServiceException.invalidArguments(
        "Procedure not found: " + ProcedureIds.fromWire(request.getPid()));
  }

  @Override
  public DdlTaskResponse ddl(DdlTaskRequest request) {
    if (follows()) {
      return NO_DDL;
    }
    requireHeader(request.hasHeader());
    requireParameter(request.hasQueryContext(), "query_context");
    throw refusal(request.getTaskCase());
  }

  private static ServiceException refusal(DdlTaskRequest.TaskCase task) {
    return switch (task) {
      case TASK_NOT_SET -> missing("task");
      case CREATE_TRIGGER_TASK -> unsupported("create trigger");
      case DROP_TRIGGER_TASK -> unsupported("drop trigger");
      default -> notYet("ddl (" + task.name().toLowerCase(Locale.ROOT) + ")");
    };
  }

  @Override
  public ReconcileResponse reconcile(ReconcileRequest request) {
    if (follows()) {
      return NO_RECONCILIATION;
    }
    requireHeader(request.hasHeader());
    requireParameter(
        request.getTargetCase() != ReconcileRequest.TargetCase.TARGET_NOT_SET, "target");
    throw notYet("reconcile");
  }

  @Override
  public MigrateRegionResponse migrate(MigrateRegionRequest request) {
    if (follows()) {
      return NO_MIGRATION;
    }
    requireHeader(request.hasHeader());
    requireAlive(request.getFromPeer());
    requireAlive(request.getToPeer());
    throw notYet("migrate");
  }

  @Override
  public ProcedureDetailResponse details(ProcedureDetailRequest request) {
    if (follows()) {
      return NO_DETAILS;
    }
    requireHeader(request.hasHeader());
    return ProcedureDetailResponse.getDefaultInstance();
  }

  @Override
  public GcRegionsResponse gcRegions(GcRegionsRequest request) {
    if (follows()) {
      return NO_REGIONS_GC;
    }
    requireHeader(request.hasHeader());
    throw noGc();
  }

  @Override
  public GcTableResponse gcTable(GcTableRequest request) {
    if (follows()) {
      return NO_TABLE_GC;
    }
    requireHeader(request.hasHeader());
    TableNameKey table =
        new TableNameKey(request.getCatalogName(), request.getSchemaName(), request.getTableName());
    if (store.get(table.toBytes()).isEmpty()) {
      throw new ServiceException(StatusCode.TABLE_NOT_FOUND, "Table " + table + " not found");
    }
    throw noGc();
  }

  private boolean follows() {
    return leadership.currentTerm().isEmpty();
  }

  private static void requireHeader(boolean present) {
    if (!present) {
      throw ServiceException.invalidArguments("Missing request header");
    }
  }

  private static void requireParameter(boolean present, String name) {
    if (!present) {
      throw missing(name);
    }
  }

  private void requireAlive(long datanodeId) {
    if (!aliveDatanodes.test(datanodeId)) {
      throw ServiceException.unexpected(
          "The target peer is unavailable temporally: " + Long.toUnsignedString(datanodeId));
    }
  }

  private static ServiceException missing(String parameter) {
    return ServiceException.invalidArguments(
        "Missing required parameter, param: \"" + parameter + "\"");
  }

  private static ServiceException unsupported(String operation) {
    return ServiceException.unsupported("Unsupported operation " + operation);
  }

  private static ServiceException notYet(String operation) {
    return unsupported(
        operation + ": this version of metasrv runs no procedures; nothing was done");
  }

  private static ServiceException noGc() {
    return ServiceException.unexpected("Unexpected, violated: GC ticker not available");
  }
}
