package io.metasrv.application.ddl.droptable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.TableLocks;
import io.metasrv.application.ddl.droptable.DropTableState.Phase;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.metadata.PhysicalTable;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.DropTableTask;
import java.util.List;
import java.util.Optional;

/**
 * Drops a table, physical or logical (sheet 06 §12). Name and id must belong together; the original
 * drops whatever they lead to.
 */
public final class DropTable implements Procedure {

  /** The type's name in records. */
  public static final String TYPE = TYPE_PREFIX + "DropTable";

  private static final String METRIC = "metric";

  private final DdlContext context;
  private final DropTableExecutor executor;
  private DropTableState state;

  private DropTable(DdlContext context, DropTableState state) {
    this.context = context;
    this.state = state;
    this.executor = new DropTableExecutor(context);
  }

  /**
   * A procedure for a task.
   *
   * @throws io.metasrv.domain.error.ServiceException if the task is incomplete
   */
  public static DropTable of(DdlContext context, DropTableTask task) {
    return new DropTable(context, DropTableState.begin(DropTask.of(task)));
  }

  /** Turns dumps back into procedures. */
  public static ProcedureLoader loader(DdlContext context) {
    return data -> new DropTable(context, DropTableState.ofJson(data));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String subject() {
    return "table " + state.task().name();
  }

  @Override
  public String dump() {
    return state.toJson();
  }

  /** The name too: nobody may create it anew in between. */
  @Override
  public List<LockKey> locks() {
    return TableLocks.of(state.task().name(), state.task().table());
  }

  /** The regions are in no route any more, but not dropped either: their leases go on. */
  @Override
  public void recover() {
    switch (state.phase()) {
      case DELETE_METADATA, INVALIDATE_TABLE_CACHE, DATANODE_DROP_REGIONS ->
          executor.hold(state.parts());
      case PREPARE, DELETE_TOMBSTONE -> {}
    }
  }

  @Override
  public void ended() {
    executor.release();
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return switch (state.phase()) {
      case PREPARE -> prepare();
      case DELETE_METADATA -> deleteMetadata();
      case INVALIDATE_TABLE_CACHE -> invalidateCache();
      case DATANODE_DROP_REGIONS -> dropRegions(run.isRetrying());
      case DELETE_TOMBSTONE -> deleteTombstone();
    };
  }

  private Step prepare() {
    TableName name = state.task().name();
    Optional<TableId> id = context.tables().names().get(name);
    if (id.isEmpty()) {
      if (state.task().dropIfExists()) {
        return Step.done();
      }
      throw DdlErrors.tableNotFound(name);
    }
    TableId table = state.task().table();
    if (!id.get().equals(table)) {
      throw DdlErrors.nameAndIdDiffer(name, table, id.get());
    }
    PhysicalTable physical = context.tables().routes().physicalRoute(table);
    RegionWalOptions walOptions = RegionWalOptions.NONE;
    boolean undoable = false;
    if (physical.table().equals(table)) {
      undoable = info(table).meta().engine().equals(METRIC);
      walOptions =
          context
              .tables()
              .datanodeTables()
              .walOptions(table, physical.route().value().distribution());
    }
    state =
        state.prepared(physical.table(), physical.route().value().regions(), walOptions, undoable);
    return Step.persisted();
  }

  private TableInfo info(TableId table) {
    return context
        .tables()
        .infos()
        .get(table)
        .orElseThrow(() -> DdlErrors.tableInfoNotFound(state.task().name().toString()))
        .value()
        .info();
  }

  private Step deleteMetadata() {
    executor.hold(state.parts());
    repeatable(() -> executor.deleteMetadata(state.parts()));
    state = state.in(Phase.INVALIDATE_TABLE_CACHE);
    return Step.persisted();
  }

  private Step invalidateCache() {
    executor.invalidateCaches(
        state.parts(),
        "Invalidate table cache by dropping table %s, table_id: %s"
            .formatted(state.task().name(), state.task().table()));
    state = state.in(Phase.DATANODE_DROP_REGIONS);
    return Step.persisted();
  }

  private Step dropRegions(boolean retrying) throws InterruptedException {
    DroppedParts parts = state.parts();
    executor.dropRegions(
        retrying
            ? parts.withRegions(
                RegionPeers.readdressed(parts.regions(), context.tables().nodeAddresses()))
            : parts,
        false);
    state = state.in(Phase.DELETE_TOMBSTONE);
    return Step.persisted();
  }

  private Step deleteTombstone() {
    repeatable(() -> executor.deleteTombstone(state.parts()));
    executor.release();
    return Step.done();
  }

  /** Not after the regions are gone: metadata without regions help nobody. */
  @Override
  public boolean rollbackSupported() {
    return switch (state.phase()) {
      case DELETE_METADATA, INVALIDATE_TABLE_CACHE, DATANODE_DROP_REGIONS -> state.allowRollback();
      case PREPARE, DELETE_TOMBSTONE -> false;
    };
  }

  @Override
  public void rollback(ProcedureContext run) {
    executor.restoreMetadata(state.parts());
    executor.release();
  }

  /**
   * Moving and deleting what was moved or deleted before does nothing: an unknown outcome is fine.
   */
  private static void repeatable(Runnable write) {
    try {
      write.run();
    } catch (StoreException.UnknownOutcome e) {
      throw ProcedureException.retryLater(e, false);
    }
  }
}
