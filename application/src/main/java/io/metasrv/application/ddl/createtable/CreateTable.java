package io.metasrv.application.ddl.createtable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.RegionDetectors;
import io.metasrv.application.ddl.TableLocks;
import io.metasrv.application.ddl.createtable.CreateTableState.Phase;
import io.metasrv.application.ddl.region.RegionGuards;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.ddl.region.RegionTemplate;
import io.metasrv.application.ddl.region.TableColumnIds;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.TableAllocator;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.flow.QueryContext;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Creates a table with regions of its own (sheet 06 §7). If it fails for good, the regions it made
 * are dropped again, which the original leaves to the expiry of leases.
 */
public final class CreateTable implements Procedure {

  /** The type's name in records. */
  public static final String TYPE = TYPE_PREFIX + "CreateTable";

  private final DdlContext context;
  private final NewRegions regions;
  private final RegionGuards guards;
  private final CreationUndo undo;
  private CreateTableState state;
  private boolean metadataUncertain;

  private CreateTable(DdlContext context, CreateTableState state) {
    this.context = context;
    this.state = state;
    this.regions = new NewRegions(context);
    this.guards = new RegionGuards(context.operating());
    this.undo = new CreationUndo(context, guards, regions);
  }

  /**
   * A procedure for a task.
   *
   * @throws ServiceException if the task is incomplete, its info is none, or its primary key names
   *     columns that are not there
   */
  public static CreateTable of(
      DdlContext context, CreateTableTask task, QueryContext queryContext) {
    NewTable table = NewTable.of(task);
    RegionTemplate.of(table.expr());
    return new CreateTable(context, CreateTableState.begin(table, queryContext));
  }

  /** Turns dumps back into procedures. */
  public static ProcedureLoader loader(DdlContext context) {
    return data -> new CreateTable(context, CreateTableState.ofJson(data));
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

  @Override
  public List<LockKey> locks() {
    TableName name = state.task().name();
    List<LockKey> locks = new ArrayList<>(TableLocks.ofName(name));
    if (state.phase() != Phase.PREPARE) {
      // Recovered: the table may be there already, and nobody may alter it now.
      locks.add(LockKey.table(LockMode.EXCLUSIVE, state.task().tableId()));
    }
    return locks;
  }

  /** The regions may be there: their leases go on from now. */
  @Override
  public void recover() {
    state.route().ifPresent(route -> guards.hold(route.regions()));
  }

  @Override
  public void ended() {
    guards.release();
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return switch (state.phase()) {
      case PREPARE -> prepare();
      case DATANODE_CREATE_REGIONS -> createRegions(run.isRetrying());
      case CREATE_METADATA -> createMetadata();
    };
  }

  private Step prepare() {
    NewTable task = state.task();
    TableName name = task.name();
    Optional<TableId> existing = context.tables().names().get(name);
    if (existing.isPresent()) {
      if (task.expr().getCreateIfNotExists()) {
        return done(existing.get());
      }
      throw DdlErrors.tableAlreadyExists(name);
    }
    if (!context.tables().schemas().exists(name.catalog(), name.schema())) {
      throw DdlErrors.schemaNotFound(name.schema());
    }
    allocate(task);
    return Step.persisted();
  }

  private void allocate(NewTable task) {
    TableAllocator.Allocated allocated =
        context
            .allocator()
            .allocate(
                task.askedFor(),
                task.partitions().stream().map(Partition::getExpression).toList(),
                task.info().meta().options().skipWal(),
                new TreeMap<>(state.queryContext().extensions()));
    if (context.tables().infos().exists(allocated.table())) {
      throw DdlErrors.unexpected(
          "the id %s of the new table %s belongs to another table"
              .formatted(allocated.table(), task.name()));
    }
    state =
        state.allocated(
            task.withTableId(allocated.table()), allocated.route(), allocated.walOptions());
  }

  private Step createRegions(boolean retrying) throws InterruptedException {
    guards.hold(routes());
    List<RegionRoute> addressed =
        retrying ? RegionPeers.readdressed(routes(), context.tables().nodeAddresses()) : routes();
    state = state.regionsCreated(regions.create(state.task(), addressed, walOptions()));
    return Step.persisted();
  }

  private Step createMetadata() {
    TableInfo info = TableColumnIds.assigned(state.task().info(), state.columns());
    try {
      context.tables().createTable(info, state.route().orElseThrow(), walOptions());
    } catch (StoreException.UnknownOutcome e) {
      // The same transaction again either writes or finds what it wanted to write.
      metadataUncertain = true;
      throw ProcedureException.retryLater(e, false);
    }
    context.detectors().register(watched());
    guards.release();
    return done(state.task().tableId());
  }

  /** Once regions may exist they can be taken back. */
  @Override
  public boolean rollbackSupported() {
    return state.phase() != Phase.PREPARE;
  }

  @Override
  public void rollback(ProcedureContext run) throws InterruptedException {
    undo.run(state.task(), routes(), metadataUncertain);
    guards.release();
  }

  private List<RegionDetectors.Watched> watched() {
    return routes().stream()
        .flatMap(
            route ->
                route.leader().stream()
                    .map(leader -> new RegionDetectors.Watched(leader.id(), route.id())))
        .toList();
  }

  private List<RegionRoute> routes() {
    return state.route().orElseThrow().regions();
  }

  private RegionWalOptions walOptions() {
    return state.walOptions().orElse(RegionWalOptions.NONE);
  }

  private static Step done(TableId table) {
    return new Step.Done(new ProcedureOutput.TableIds(List.of(table)));
  }
}
