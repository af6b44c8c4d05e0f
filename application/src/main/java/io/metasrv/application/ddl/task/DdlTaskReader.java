package io.metasrv.application.ddl.task;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.comment.CommentOn;
import io.metasrv.application.ddl.comment.CommentTarget;
import io.metasrv.application.ddl.database.NewDatabase;
import io.metasrv.application.ddl.flow.FlowDrop;
import io.metasrv.application.ddl.flow.NewFlow;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.ddl.view.ViewDrop;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.AlterDatabaseExpr;
import io.metasrv.protocol.v1.CommentOnExpr;
import io.metasrv.protocol.v1.CreateDatabaseExpr;
import io.metasrv.protocol.v1.DropDatabaseExpr;
import io.metasrv.protocol.v1.DropFlowExpr;
import io.metasrv.protocol.v1.DropViewExpr;
import io.metasrv.protocol.v1.meta.AlterDatabaseTask;
import io.metasrv.protocol.v1.meta.CommentOnTask;
import io.metasrv.protocol.v1.meta.CreateDatabaseTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DropDatabaseTask;
import io.metasrv.protocol.v1.meta.DropFlowTask;
import io.metasrv.protocol.v1.meta.DropViewTask;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Reads tasks from requests; what lacks a part is refused in the words clients know (§2). */
public final class DdlTaskReader {

  private DdlTaskReader() {}

  /**
   * The task of a request.
   *
   * @throws ServiceException if there is none, it lacks a part, or it is one that this system does
   *     not do
   */
  public static DdlTask read(DdlTaskRequest request) {
    return switch (request.getTaskCase()) {
      case CREATE_TABLE_TASK -> new DdlTask.CreateTable(request.getCreateTableTask());
      case CREATE_TABLE_TASKS ->
          new DdlTask.CreateLogicalTables(request.getCreateTableTasks().getTasksList());
      case ALTER_TABLE_TASK -> new DdlTask.AlterTable(request.getAlterTableTask());
      case ALTER_TABLE_TASKS ->
          new DdlTask.AlterLogicalTables(request.getAlterTableTasks().getTasksList());
      case DROP_TABLE_TASK -> new DdlTask.DropTable(request.getDropTableTask());
      case DROP_TABLE_TASKS -> new DdlTask.DropTables(request.getDropTableTasks().getTasksList());
      case TRUNCATE_TABLE_TASK -> new DdlTask.TruncateTable(request.getTruncateTableTask());
      case CREATE_DATABASE_TASK -> createDatabase(request.getCreateDatabaseTask());
      case ALTER_DATABASE_TASK -> alterDatabase(request.getAlterDatabaseTask());
      case DROP_DATABASE_TASK -> dropDatabase(request.getDropDatabaseTask());
      case CREATE_VIEW_TASK -> new DdlTask.CreateView(NewView.of(request.getCreateViewTask()));
      case DROP_VIEW_TASK -> dropView(request.getDropViewTask());
      case CREATE_FLOW_TASK -> new DdlTask.CreateFlow(NewFlow.of(request.getCreateFlowTask()));
      case DROP_FLOW_TASK -> dropFlow(request.getDropFlowTask());
      case COMMENT_ON_TASK -> comment(request.getCommentOnTask());
      case CREATE_TRIGGER_TASK -> throw DdlErrors.unsupported("create trigger");
      case DROP_TRIGGER_TASK -> throw DdlErrors.unsupported("drop trigger");
      case TASK_NOT_SET ->
          throw ServiceException.invalidArguments("Missing required parameter, param: \"task\"");
    };
  }

  private static void require(boolean present, String part) {
    if (!present) {
      throw DdlErrors.invalidProto("expected " + part);
    }
  }

  private static DdlTask createDatabase(CreateDatabaseTask task) {
    require(task.hasCreateDatabase(), "create database");
    CreateDatabaseExpr expr = task.getCreateDatabase();
    return new DdlTask.CreateDatabase(
        new NewDatabase(
            expr.getCatalogName(),
            expr.getSchemaName(),
            expr.getCreateIfNotExists(),
            new LinkedHashMap<>(expr.getOptionsMap())));
  }

  private static DdlTask alterDatabase(AlterDatabaseTask task) {
    require(task.hasTask(), "alter database");
    AlterDatabaseExpr expr = task.getTask();
    return new DdlTask.AlterDatabase(
        expr.getCatalogName(), expr.getSchemaName(), DatabaseOptionReader.read(expr));
  }

  private static DdlTask dropDatabase(DropDatabaseTask task) {
    require(task.hasDropDatabase(), "drop database");
    DropDatabaseExpr expr = task.getDropDatabase();
    return new DdlTask.DropDatabase(
        expr.getCatalogName(), expr.getSchemaName(), expr.getDropIfExists());
  }

  private static DdlTask dropView(DropViewTask task) {
    require(task.hasDropView(), "drop view");
    DropViewExpr expr = task.getDropView();
    require(expr.hasViewId(), "view_id");
    return new DdlTask.DropView(
        new ViewDrop(
            new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getViewName()),
            new TableId(Integer.toUnsignedLong(expr.getViewId().getId())),
            expr.getDropIfExists()));
  }

  private static DdlTask dropFlow(DropFlowTask task) {
    require(task.hasDropFlow(), "drop_flow");
    DropFlowExpr expr = task.getDropFlow();
    require(expr.hasFlowId(), "flow_id");
    return new DdlTask.DropFlow(
        new FlowDrop(
            expr.getCatalogName(),
            expr.getFlowName(),
            Integer.toUnsignedLong(expr.getFlowId().getId()),
            expr.getDropIfExists()));
  }

  private static DdlTask comment(CommentOnTask task) {
    require(task.hasCommentOn(), "comment_on");
    CommentOnExpr expr = task.getCommentOn();
    return new DdlTask.Comment(new CommentOn(target(expr), given(expr.getComment())));
  }

  private static CommentTarget target(CommentOnExpr expr) {
    TableName table =
        new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getObjectName());
    return switch (expr.getObjectType()) {
      case TABLE -> new CommentTarget.Table(table);
      case COLUMN ->
          new CommentTarget.Column(
              table,
              given(expr.getColumnName())
                  .orElseThrow(
                      () ->
                          ServiceException.invalidArguments(
                              "a comment on a column of table " + table + " names no column")));
      case FLOW ->
          new CommentTarget.Flow(expr.getCatalogName(), expr.getSchemaName(), expr.getObjectName());
      case UNRECOGNIZED ->
          throw DdlErrors.invalidProto("unknown comment object type " + expr.getObjectTypeValue());
    };
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
