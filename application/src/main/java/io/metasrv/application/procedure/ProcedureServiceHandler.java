package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.service.ProcedureService;
import io.metasrv.application.wire.ProcedureIds;
import io.metasrv.application.wire.ProcedureMessages;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureId;
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
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Service ProcedureService: each call checks leadership, header and parameters in the reference's
 * order and with its words. Queries are answered by the manager of the current term, DDL is run by
 * what is plugged in for it; a call that outlives the term is answered as by a follower, so that
 * the client turns to the next leader. What nobody does yet is refused as not supported, so that
 * nobody takes it for done.
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
  private final Supplier<Optional<ProcedureManager>> managers;
  private final Supplier<Optional<DdlService>> ddl;

  /**
   * @param store the metadata store beneath the chroot, for reads
   * @param aliveDatanodes whether the datanode with this id was heard of within its lease
   * @param managers the manager of the term this node holds
   * @param ddl what runs DDL in the term this node holds; empty if nothing does
   */
  public ProcedureServiceHandler(
      Leadership leadership,
      KeyValueStore store,
      LongPredicate aliveDatanodes,
      Supplier<Optional<ProcedureManager>> managers,
      Supplier<Optional<DdlService>> ddl) {
    this.leadership = leadership;
    this.store = store;
    this.aliveDatanodes = aliveDatanodes;
    this.managers = managers;
    this.ddl = ddl;
  }

  @Override
  public ProcedureStateResponse query(QueryProcedureRequest request) {
    if (follows()) {
      return NO_STATE;
    }
    requireHeader(request.hasHeader());
    requireParameter(request.hasPid(), "pid");
    ProcedureId id = new ProcedureId(ProcedureIds.fromWire(request.getPid()));
    return managers
        .get()
        .flatMap(manager -> manager.state(id))
        .map(ProcedureMessages::state)
        .orElseThrow(() -> ProcedureErrors.notFound(id));
  }

  @Override
  public DdlTaskResponse ddl(DdlTaskRequest request) {
    if (follows()) {
      return NO_DDL;
    }
    requireHeader(request.hasHeader());
    requireParameter(request.hasQueryContext(), "query_context");
    Optional<DdlService> service = ddl.get();
    if (service.isEmpty()) {
      throw refusal(request.getTaskCase());
    }
    try {
      return service.get().run(request);
    } catch (NotLeaderException over) {
      return NO_DDL;
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new ServiceException(
          StatusCode.CANCELLED,
          "The call was cancelled while a procedure ran; the procedure goes on",
          cancelled);
    }
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
    return managers
        .get()
        .map(manager -> ProcedureMessages.details(manager.list()))
        .orElseGet(ProcedureDetailResponse::getDefaultInstance);
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
    return unsupported(operation + ": this version of metasrv does not do that; nothing was done");
  }

  private static ServiceException noGc() {
    return ServiceException.unexpected("Unexpected, violated: GC ticker not available");
  }
}
