package io.metasrv.application.ddl;

import io.metasrv.application.ddl.alterlogical.AlterLogicalTablesProcedure;
import io.metasrv.application.ddl.altertable.AlterTableProcedure;
import io.metasrv.application.ddl.comment.CommentOnProcedure;
import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.createtable.NewTable;
import io.metasrv.application.ddl.database.AlterDatabaseProcedure;
import io.metasrv.application.ddl.database.CreateDatabaseProcedure;
import io.metasrv.application.ddl.database.DropDatabaseProcedure;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.flow.DropFlowProcedure;
import io.metasrv.application.ddl.task.DdlTask;
import io.metasrv.application.ddl.truncate.TruncateTable;
import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.ddl.view.DropViewProcedure;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.Procedures;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.flow.QueryContext;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import java.util.List;
import java.util.stream.Stream;

/**
 * The procedure of each task, and of each stored type: the one place where procedures of data
 * definition are plugged in. Stateless apart from the term it belongs to.
 */
final class DdlProcedures {

  private final DdlContext context;

  DdlProcedures(DdlContext context) {
    this.context = context;
  }

  /** Makes all types recoverable. */
  void register(Procedures procedures) {
    procedures.register(CreateTable.TYPE, CreateTable.loader(context));
    procedures.register(CreateLogicalTables.TYPE, CreateLogicalTables.loader(context));
    procedures.register(AlterTableProcedure.TYPE, AlterTableProcedure.loader(context));
    procedures.register(
        AlterLogicalTablesProcedure.TYPE, AlterLogicalTablesProcedure.loader(context));
    procedures.register(DropTable.TYPE, DropTable.loader(context));
    procedures.register(TruncateTable.TYPE, TruncateTable.loader(context));
    procedures.register(
        CreateDatabaseProcedure.TYPE, dump -> CreateDatabaseProcedure.load(context, dump));
    procedures.register(
        AlterDatabaseProcedure.TYPE, dump -> AlterDatabaseProcedure.load(context, dump));
    procedures.register(
        DropDatabaseProcedure.TYPE, dump -> DropDatabaseProcedure.load(context, dump));
    procedures.register(CreateViewProcedure.TYPE, dump -> CreateViewProcedure.load(context, dump));
    procedures.register(DropViewProcedure.TYPE, dump -> DropViewProcedure.load(context, dump));
    procedures.register(CreateFlowProcedure.TYPE, dump -> CreateFlowProcedure.load(context, dump));
    procedures.register(DropFlowProcedure.TYPE, dump -> DropFlowProcedure.load(context, dump));
    procedures.register(CommentOnProcedure.TYPE, dump -> CommentOnProcedure.load(context, dump));
  }

  /**
   * The procedures of a task, to be run one after the other, after the checks that come before any
   * of them (sheet 06 §1).
   *
   * @throws io.metasrv.domain.error.MetasrvException if a check fails
   */
  List<Procedure> of(DdlTask task, QueryContext session) {
    if (!(task instanceof DdlTask.DropTables(List<DropTableTask> drops))) {
      return List.of(single(task, session));
    }
    if (drops.isEmpty()) {
      throw DdlErrors.emptyTasks("drop tables");
    }
    return drops.stream().<Procedure>map(each -> DropTable.of(context, each)).toList();
  }

  private Procedure single(DdlTask task, QueryContext session) {
    return switch (task) {
      case DdlTask.CreateTable create -> CreateTable.of(context, create.task(), session);
      case DdlTask.CreateLogicalTables create -> CreateLogicalTables.of(context, create.tasks());
      case DdlTask.AlterTable alter -> alter(alter.task());
      case DdlTask.AlterLogicalTables alter -> alterLogical(alter.tasks());
      case DdlTask.DropTable drop -> DropTable.of(context, drop.task());
      case DdlTask.DropTables ignored ->
          throw new IllegalArgumentException("several tables take several procedures");
      case DdlTask.TruncateTable truncate -> TruncateTable.of(context, truncate.task());
      case DdlTask.CreateDatabase create -> new CreateDatabaseProcedure(context, create.database());
      case DdlTask.AlterDatabase alter ->
          new AlterDatabaseProcedure(context, alter.catalog(), alter.schema(), alter.alteration());
      case DdlTask.DropDatabase drop ->
          new DropDatabaseProcedure(context, drop.catalog(), drop.schema(), drop.ifExists());
      case DdlTask.CreateView create -> new CreateViewProcedure(context, create.view());
      case DdlTask.DropView drop -> new DropViewProcedure(context, drop.task());
      case DdlTask.CreateFlow create -> new CreateFlowProcedure(context, create.flow(), session);
      case DdlTask.DropFlow drop -> new DropFlowProcedure(context, drop.task());
      case DdlTask.Comment comment -> CommentOnProcedure.of(context, comment.comment());
    };
  }

  /** The tables or views of the names that a task was to create, in its order. */
  List<TableId> created(DdlTask task) {
    return names(task).flatMap(name -> context.tables().names().get(name).stream()).toList();
  }

  private static Stream<TableName> names(DdlTask task) {
    if (task instanceof DdlTask.CreateTable(CreateTableTask table)) {
      return Stream.of(NewTable.of(table).name());
    }
    if (task instanceof DdlTask.CreateLogicalTables(List<CreateTableTask> tables)) {
      return tables.stream().map(each -> NewTable.of(each).name());
    }
    return task instanceof DdlTask.CreateView(NewView view)
        ? Stream.of(view.name())
        : Stream.empty();
  }

  private Procedure alter(AlterTableTask task) {
    if (!task.hasAlterTable()) {
      throw DdlErrors.invalidProto("expected alter_table");
    }
    AlterTableExpr expr = task.getAlterTable();
    TableId table = existing(expr);
    TableRoute route =
        context
            .tables()
            .routes()
            .get(table)
            .map(Stored::value)
            .orElseThrow(() -> DdlErrors.tableRouteNotFound(table));
    if (route instanceof TableRoute.Logical(TableId physical, var ignored)) {
      throw ServiceException.unexpected(
          "Unexpected table route type: %s is a logical table on table %s"
              .formatted(name(expr), physical));
    }
    return switch (expr.getKindCase()) {
      case KIND_NOT_SET -> throw DdlErrors.unexpected("'kind' is absent");
      case REPARTITION -> throw DdlErrors.unsupported("repartition");
      default -> new AlterTableProcedure(context, task, table);
    };
  }

  private Procedure alterLogical(List<AlterTableTask> tasks) {
    if (tasks.isEmpty()) {
      throw DdlErrors.emptyTasks("alter logical tables");
    }
    if (!tasks.stream().allMatch(AlterTableTask::hasAlterTable)) {
      throw DdlErrors.invalidProto("expected alter_table");
    }
    TableId first = existing(tasks.getFirst().getAlterTable());
    return new AlterLogicalTablesProcedure(
        context, tasks, context.tables().routes().physicalTable(first));
  }

  private TableId existing(AlterTableExpr expr) {
    return context
        .tables()
        .names()
        .get(name(expr))
        .orElseThrow(() -> DdlErrors.tableNotFound(name(expr)));
  }

  private static TableName name(AlterTableExpr expr) {
    return new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getTableName());
  }
}
