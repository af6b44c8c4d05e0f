package io.metasrv.application.ddl.createlogical;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.createtable.NewTable;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.metadata.LogicalTable;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.RegionColumns;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates logical tables on one physical table of the metric engine (sheet 06 §8). */
public final class CreateLogicalTables implements Procedure {

  /** The type's name in records. */
  public static final String TYPE = TYPE_PREFIX + "CreateLogicalTables";

  private static final String ENGINE = "metric";
  private static final String ON_PHYSICAL_TABLE = "on_physical_table";

  private final DdlContext context;
  private final LogicalRegions regions;
  private LogicalState state;

  private CreateLogicalTables(DdlContext context, LogicalState state) {
    this.context = context;
    this.state = state;
    this.regions = new LogicalRegions(context);
  }

  /**
   * A procedure for tasks. Looks up the physical table, before anything is submitted.
   *
   * @throws io.metasrv.domain.error.ServiceException if there is no task, one is incomplete or of
   *     another engine, they don't share a physical table, or there is no such table
   */
  public static CreateLogicalTables of(DdlContext context, List<CreateTableTask> messages) {
    if (messages.isEmpty()) {
      throw DdlErrors.emptyTasks("create logical tables");
    }
    List<NewTable> tasks = messages.stream().map(NewTable::of).toList();
    TableName physical = physicalTable(tasks);
    TableId id =
        context.tables().names().get(physical).orElseThrow(() -> DdlErrors.tableNotFound(physical));
    return new CreateLogicalTables(context, LogicalState.begin(tasks, id));
  }

  private static TableName physicalTable(List<NewTable> tasks) {
    List<TableName> names = tasks.stream().map(CreateLogicalTables::physicalTable).toList();
    if (names.stream().distinct().count() > 1) {
      throw DdlErrors.unsupported(
          "create logical tables on different physical tables: "
              + names.stream().distinct().toList());
    }
    return names.getFirst();
  }

  private static TableName physicalTable(NewTable task) {
    String engine = task.expr().getEngine();
    if (!engine.equals(ENGINE)) {
      throw DdlErrors.unsupported("create table with engine " + engine);
    }
    String physical = task.expr().getTableOptionsMap().get(ON_PHYSICAL_TABLE);
    if (physical == null) {
      throw DdlErrors.unsupported(
          "create logical table %s without option %s".formatted(task.name(), ON_PHYSICAL_TABLE));
    }
    return new TableName(task.name().catalog(), task.name().schema(), physical);
  }

  /** Turns dumps back into procedures. */
  public static ProcedureLoader loader(DdlContext context) {
    return data -> new CreateLogicalTables(context, LogicalState.ofJson(data));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String subject() {
    return "%d logical tables on table %s".formatted(state.tasks().size(), state.physicalTable());
  }

  @Override
  public String dump() {
    return state.toJson();
  }

  @Override
  public List<LockKey> locks() {
    List<LockKey> locks = new ArrayList<>();
    if (!state.tasks().isEmpty()) {
      TableName first = state.tasks().getFirst().name();
      locks.add(LockKey.catalog(LockMode.SHARE, first.catalog()));
      locks.add(LockKey.schema(LockMode.SHARE, first.catalog(), first.schema()));
    }
    locks.add(LockKey.table(LockMode.EXCLUSIVE, state.physicalTable()));
    for (NewTable task : state.tasks()) {
      TableName name = task.name();
      locks.add(LockKey.tableName(name.catalog(), name.schema(), name.table()));
    }
    return locks;
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return switch (state.phase()) {
      case PREPARE -> prepare();
      case DATANODE_CREATE_REGIONS -> createRegions();
      case CREATE_METADATA -> createMetadata();
    };
  }

  private Step prepare() {
    state = new LogicalPreparation(context).prepare(state);
    return state.missing().isEmpty() ? done() : Step.persisted();
  }

  private Step createRegions() throws InterruptedException {
    // The addresses of a route just read are current, also when this is tried again.
    List<RegionRoute> routes =
        context.tables().routes().physicalRoute(state.physicalTable()).route().value().regions();
    state = state.regionsCreated(regions.create(state.missing(), routes));
    return Step.persisted();
  }

  private Step createMetadata() {
    try {
      updatePhysicalTable();
      context.tables().createLogicalTables(newTables());
    } catch (StoreException.UnknownOutcome e) {
      // Both writes again either write or find what they wanted to write.
      throw ProcedureException.retryLater(e, false);
    }
    return done();
  }

  private void updatePhysicalTable() {
    if (state.physicalColumns().isEmpty()) {
      return;
    }
    Stored<TableInfoValue> current =
        context
            .tables()
            .infos()
            .get(state.physicalTable())
            .orElseThrow(() -> DdlErrors.tableInfoNotFound(state.physicalTable().toString()));
    TableInfo info = current.value().info();
    context.tables().updateTableInfo(current, Optional.empty(), rewritten(info));
    context
        .caches()
        .invalidate(
            List.of(
                new CacheIdent.OfTableId(info.tableId()),
                new CacheIdent.OfTableName(info.catalogName(), info.schemaName(), info.name())));
  }

  private TableInfo rewritten(TableInfo info) {
    try {
      return RegionColumns.physical(info, state.physicalColumns());
    } catch (IllegalArgumentException noSchema) {
      throw DdlErrors.metadataCorruption(
          "the columns that datanodes returned for physical table %s make no schema: %s"
              .formatted(info.tableName(), noSchema.getMessage()));
    }
  }

  private List<LogicalTable> newTables() {
    TableRoute.Logical route = TableRoute.logical(state.physicalTable());
    return state.missing().stream().map(table -> new LogicalTable(table.info(), route)).toList();
  }

  private Step done() {
    return new Step.Done(new ProcedureOutput.TableIds(state.ids()));
  }
}
