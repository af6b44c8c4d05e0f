package io.metasrv.application.ddl.alterlogical;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.metadata.FullTableInfo;
import io.metasrv.application.metadata.Stored;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Looks whether tasks that alter logical tables go together, and at what they start from. */
final class LogicalTasks {

  private final DdlContext context;
  private final TableId physicalTable;
  private final List<AlterTableTask> tasks;

  LogicalTasks(DdlContext context, TableId physicalTable, List<AlterTableTask> tasks) {
    this.context = context;
    this.physicalTable = physicalTable;
    this.tasks = tasks;
  }

  /** The table that a task alters. */
  static TableName name(AlterTableTask task) {
    AlterTableExpr request = task.getAlterTable();
    return new TableName(request.getCatalogName(), request.getSchemaName(), request.getTableName());
  }

  /**
   * Looks at the requests alone.
   *
   * @throws io.metasrv.domain.error.ServiceException if they cannot be run together
   */
  void checkRequests() {
    if (tasks.isEmpty()) {
      throw DdlErrors.emptyTasks("alter logical tables");
    }
    TableName first = name(tasks.getFirst());
    for (AlterTableTask task : tasks) {
      TableName name = name(task);
      if (!name.catalog().equals(first.catalog()) || !name.schema().equals(first.schema())) {
        throw DdlErrors.alterLogicalTables(
            "Schemas of the alter table expressions are not the same");
      }
      if (task.getAlterTable().getKindCase() != AlterTableExpr.KindCase.ADD_COLUMNS) {
        throw DdlErrors.alterLogicalTables("Only support add columns operation");
      }
    }
  }

  /**
   * The physical table's info.
   *
   * @throws io.metasrv.domain.error.ServiceException if it is no physical table
   */
  Stored<TableInfoValue> physicalInfo() {
    FullTableInfo full = context.tables().get(physicalTable);
    Stored<TableInfoValue> info =
        full.info()
            .orElseThrow(() -> DdlErrors.tableInfoNotFound("physical table - " + physicalTable));
    TableRoute route =
        full.route().orElseThrow(() -> DdlErrors.tableRouteNotFound(physicalTable)).value();
    if (!(route instanceof TableRoute.Physical)) {
      throw DdlErrors.alterLogicalTables("table " + physicalTable + " is no physical table");
    }
    return info;
  }

  /**
   * The infos of the logical tables, one for each task.
   *
   * @throws io.metasrv.domain.error.ServiceException if one is missing or lies elsewhere
   */
  List<Stored<TableInfoValue>> infos() {
    List<TableName> names = tasks.stream().map(LogicalTasks::name).toList();
    SequencedMap<TableName, TableId> ids = context.tables().names().batchGet(names);
    List<TableId> tables =
        names.stream()
            .map(
                name ->
                    Optional.ofNullable(ids.get(name))
                        .orElseThrow(() -> DdlErrors.tableNotFound(name)))
            .toList();
    SequencedMap<TableId, Stored<TableInfoValue>> infos = context.tables().infos().batchGet(tables);
    List<Stored<TableInfoValue>> found = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      String name = names.get(i).toString();
      found.add(
          Optional.ofNullable(infos.get(tables.get(i)))
              .orElseThrow(() -> DdlErrors.tableInfoNotFound(name)));
    }
    checkRoutes(tables);
    return found;
  }

  private void checkRoutes(List<TableId> tables) {
    SequencedMap<TableId, Stored<TableRoute>> routes = context.tables().routes().batchGet(tables);
    for (TableId table : tables) {
      Stored<TableRoute> route = routes.get(table);
      if (route == null) {
        throw DdlErrors.tableRouteNotFound(table);
      }
      if (!(route.value() instanceof TableRoute.Logical logical
          && logical.physicalTable().equals(physicalTable))) {
        throw DdlErrors.alterLogicalTables("All the tasks should have the same physical table id");
      }
    }
  }

  /** Whether the table has all columns of the task. */
  static boolean isDone(AlterTableTask task, Stored<TableInfoValue> info) {
    Schema schema = info.value().info().meta().schema();
    return task.getAlterTable().getAddColumns().getAddColumnsList().stream()
        .allMatch(column -> schema.indexOf(column.getColumnDef().getName()).isPresent());
  }
}
