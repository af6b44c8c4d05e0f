package io.metasrv.application.ddl.createlogical;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.createtable.NewTable;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.metadata.PhysicalTable;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.LogicalColumns;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.CreateTableExpr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first step of the creation of logical tables: looks at what is there, and gives ids. */
final class LogicalPreparation {

  private final DdlContext context;

  LogicalPreparation(DdlContext context) {
    this.context = context;
  }

  /** The state with ids, and columns as they will be stored; nothing is kept if it fails. */
  LogicalState prepare(LogicalState state) {
    checkTogether(state.tasks());
    TableRoute.Physical route = route(state.physicalTable());
    List<String> partitionColumns = partitionColumns(state.physicalTable());
    List<Optional<TableId>> existing = existing(state.tasks());
    boolean allThere = existing.stream().allMatch(Optional::isPresent);
    List<NewTable> tasks = new ArrayList<>();
    for (int i = 0; i < state.tasks().size(); i++) {
      NewTable task = state.tasks().get(i);
      tasks.add(allThere ? task : complete(task, partitionColumns, existing.get(i)));
    }
    return state.prepared(tasks, existing, RegionPeers.numbers(route.regions()), partitionColumns);
  }

  private void checkTogether(List<NewTable> tasks) {
    TableName first = tasks.getFirst().name();
    Set<String> names = new HashSet<>();
    for (NewTable task : tasks) {
      TableName name = task.name();
      if (!name.catalog().equals(first.catalog()) || !name.schema().equals(first.schema())) {
        throw DdlErrors.createLogicalTables("Schemas of the tasks are not the same");
      }
      if (!names.add(name.table())) {
        throw DdlErrors.createLogicalTables("two of the tasks create the table " + name);
      }
    }
    if (!context.tables().schemas().exists(first.catalog(), first.schema())) {
      throw DdlErrors.schemaNotFound(first.schema());
    }
  }

  private TableRoute.Physical route(TableId physicalTable) {
    PhysicalTable found = context.tables().routes().physicalRoute(physicalTable);
    if (!found.table().equals(physicalTable)) {
      throw DdlErrors.createLogicalTables(
          "table %s lies on table %s and cannot carry others"
              .formatted(physicalTable, found.table()));
    }
    return found.route().value();
  }

  private List<String> partitionColumns(TableId physicalTable) {
    TableMeta meta =
        context
            .tables()
            .infos()
            .get(physicalTable)
            .orElseThrow(() -> DdlErrors.tableInfoNotFound(physicalTable.toString()))
            .value()
            .info()
            .meta();
    List<ColumnSchema> columns = meta.schema().columns();
    if (meta.partitionKeyIndices().stream().anyMatch(i -> i < 0 || i >= columns.size())) {
      throw DdlErrors.metadataCorruption(
          "partition columns %s of table %s are not among its %d columns"
              .formatted(meta.partitionKeyIndices(), physicalTable, columns.size()));
    }
    return meta.partitionKeyIndices().stream().map(index -> columns.get(index).name()).toList();
  }

  private List<Optional<TableId>> existing(List<NewTable> tasks) {
    Map<TableName, TableId> known =
        context.tables().names().batchGet(tasks.stream().map(NewTable::name).toList());
    List<Optional<TableId>> existing = new ArrayList<>();
    for (NewTable task : tasks) {
      Optional<TableId> id = Optional.ofNullable(known.get(task.name()));
      if (id.isPresent() && !task.expr().getCreateIfNotExists()) {
        throw DdlErrors.tableAlreadyExists(task.name().table());
      }
      existing.add(id);
    }
    return existing;
  }

  private NewTable complete(
      NewTable task, List<String> partitionColumns, Optional<TableId> existing) {
    TableId id = existing.orElseGet(() -> context.allocator().allocateId(task.askedFor()));
    TableInfo info = LogicalColumns.withPartitionColumns(task.info(), partitionColumns);
    return task.withExpr(sorted(task.expr())).withInfo(LogicalColumns.sorted(info)).withTableId(id);
  }

  private static CreateTableExpr sorted(CreateTableExpr expr) {
    List<ColumnDef> columns = new ArrayList<>(expr.getColumnDefsList());
    columns.sort(Comparator.comparing(ColumnDef::getName, LogicalColumns.BY_NAME));
    return expr.toBuilder().clearColumnDefs().addAllColumnDefs(columns).build();
  }
}
