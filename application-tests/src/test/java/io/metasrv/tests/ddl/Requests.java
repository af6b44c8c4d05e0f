package io.metasrv.tests.ddl;

import com.google.protobuf.ByteString;
import io.metasrv.application.metadata.codec.TableInfoCodec;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.AlterDatabaseExpr;
import io.metasrv.protocol.v1.CommentObjectType;
import io.metasrv.protocol.v1.CommentOnExpr;
import io.metasrv.protocol.v1.CreateDatabaseExpr;
import io.metasrv.protocol.v1.CreateTableExpr;
import io.metasrv.protocol.v1.CreateViewExpr;
import io.metasrv.protocol.v1.DropDatabaseExpr;
import io.metasrv.protocol.v1.DropFlowExpr;
import io.metasrv.protocol.v1.DropViewExpr;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.Option;
import io.metasrv.protocol.v1.QueryContext;
import io.metasrv.protocol.v1.SetDatabaseOptions;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.TruncateTableExpr;
import io.metasrv.protocol.v1.meta.AlterDatabaseTask;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.CommentOnTask;
import io.metasrv.protocol.v1.meta.CreateDatabaseTask;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTasks;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DropDatabaseTask;
import io.metasrv.protocol.v1.meta.DropFlowTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import io.metasrv.protocol.v1.meta.DropViewTask;
import io.metasrv.protocol.v1.meta.TruncateTableTask;

/** Statements as requests of a frontend. */
final class Requests {

  private Requests() {}

  private static DdlTaskRequest.Builder request() {
    return DdlTaskRequest.newBuilder()
        .setQueryContext(
            QueryContext.newBuilder()
                .setCurrentCatalog(DdlWorld.CATALOG)
                .setCurrentSchema(DdlWorld.SCHEMA)
                .setTimezone("UTC"));
  }

  private static TableId id(long table) {
    return TableId.newBuilder().setId((int) table).build();
  }

  static DdlTaskRequest createDatabase(String name, boolean ifNotExists) {
    return request()
        .setCreateDatabaseTask(
            CreateDatabaseTask.newBuilder()
                .setCreateDatabase(
                    CreateDatabaseExpr.newBuilder()
                        .setCatalogName(DdlWorld.CATALOG)
                        .setSchemaName(name)
                        .setCreateIfNotExists(ifNotExists)))
        .build();
  }

  static DdlTaskRequest setDatabaseOption(String name, String key, String value) {
    return request()
        .setAlterDatabaseTask(
            AlterDatabaseTask.newBuilder()
                .setTask(
                    AlterDatabaseExpr.newBuilder()
                        .setCatalogName(DdlWorld.CATALOG)
                        .setSchemaName(name)
                        .setSetDatabaseOptions(
                            SetDatabaseOptions.newBuilder()
                                .addSetDatabaseOptions(
                                    Option.newBuilder().setKey(key).setValue(value)))))
        .build();
  }

  static DdlTaskRequest dropDatabase(String name, boolean ifExists) {
    return request()
        .setDropDatabaseTask(
            DropDatabaseTask.newBuilder()
                .setDropDatabase(
                    DropDatabaseExpr.newBuilder()
                        .setCatalogName(DdlWorld.CATALOG)
                        .setSchemaName(name)
                        .setDropIfExists(ifExists)))
        .build();
  }

  static DdlTaskRequest createTable(TableName name, boolean ifNotExists, String... partitions) {
    return create(Tasks.table(name.table(), partitions), name.schema(), ifNotExists);
  }

  static DdlTaskRequest createPhysical(TableName name) {
    return create(Tasks.physical(name.table()), name.schema(), false);
  }

  private static DdlTaskRequest create(CreateTableTask task, String schema, boolean ifNotExists) {
    return request()
        .setCreateTableTask(
            in(schema, task, task.getCreateTable().toBuilder().setCreateIfNotExists(ifNotExists)))
        .build();
  }

  /** Logical tables of one schema on a physical one. */
  static DdlTaskRequest createLogical(String schema, String physical, String... tables) {
    CreateTableTasks.Builder tasks = CreateTableTasks.newBuilder();
    for (String table : tables) {
      CreateTableTask task = Tasks.logical(table, physical, "host", false);
      tasks.addTasks(in(schema, task, task.getCreateTable().toBuilder()));
    }
    return request().setCreateTableTasks(tasks).build();
  }

  private static CreateTableTask in(
      String schema, CreateTableTask task, CreateTableExpr.Builder expr) {
    TableInfo info = Tasks.sent(task);
    TableInfo moved =
        new TableInfo(
            info.ident(),
            info.name(),
            info.desc(),
            info.catalogName(),
            schema,
            info.meta(),
            info.type(),
            info.unknown());
    return task.toBuilder()
        .setCreateTable(expr.setSchemaName(schema))
        .setTableInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(moved)))
        .build();
  }

  /** An alteration of a table of this schema. */
  static DdlTaskRequest alter(String schema, AlterTableTask task) {
    return request()
        .setAlterTableTask(
            task.toBuilder().setAlterTable(task.getAlterTable().toBuilder().setSchemaName(schema)))
        .build();
  }

  static DdlTaskRequest dropTable(TableName name, long id, boolean ifExists) {
    DropTableTask task = Tasks.drop(name.table(), id, ifExists);
    return request()
        .setDropTableTask(
            task.toBuilder()
                .setDropTable(task.getDropTable().toBuilder().setSchemaName(name.schema())))
        .build();
  }

  static DdlTaskRequest truncate(TableName name, long id) {
    return request()
        .setTruncateTableTask(
            TruncateTableTask.newBuilder()
                .setTruncateTable(
                    TruncateTableExpr.newBuilder()
                        .setCatalogName(name.catalog())
                        .setSchemaName(name.schema())
                        .setTableName(name.table())
                        .setTableId(id(id))))
        .build();
  }

  static DdlTaskRequest comment(TableName name, String text) {
    return comment(name, CommentObjectType.TABLE, "", text);
  }

  static DdlTaskRequest commentOnColumn(TableName name, String column, String text) {
    return comment(name, CommentObjectType.COLUMN, column, text);
  }

  private static DdlTaskRequest comment(
      TableName name, CommentObjectType type, String column, String text) {
    return request()
        .setCommentOnTask(
            CommentOnTask.newBuilder()
                .setCommentOn(
                    CommentOnExpr.newBuilder()
                        .setCatalogName(name.catalog())
                        .setSchemaName(name.schema())
                        .setObjectType(type)
                        .setObjectName(name.table())
                        .setColumnName(column)
                        .setComment(text)))
        .build();
  }

  static DdlTaskRequest createView(TableName name, String definition, boolean orReplace) {
    return request()
        .setCreateViewTask(
            CreateViewTask.newBuilder()
                .setCreateView(
                    CreateViewExpr.newBuilder()
                        .setCatalogName(name.catalog())
                        .setSchemaName(name.schema())
                        .setViewName(name.table())
                        .setLogicalPlan(ByteString.copyFromUtf8("plan of " + definition))
                        .setDefinition(definition)
                        .setOrReplace(orReplace))
                .setViewInfo(
                    ByteString.copyFromUtf8(
                        TableInfoCodec.CODEC.encodeText(Statements.viewInfo(name)))))
        .build();
  }

  static DdlTaskRequest dropView(TableName name, long id) {
    return request()
        .setDropViewTask(
            DropViewTask.newBuilder()
                .setDropView(
                    DropViewExpr.newBuilder()
                        .setCatalogName(name.catalog())
                        .setSchemaName(name.schema())
                        .setViewName(name.table())
                        .setViewId(id(id))))
        .build();
  }

  static DdlTaskRequest createFlow(String flow, TableName source, TableName sink) {
    return request()
        .setCreateFlowTask(
            CreateFlowTask.newBuilder()
                .setCreateFlow(
                    Statements.flow(flow, source.table(), sink.table())
                        .clearSourceTableNames()
                        .addSourceTableNames(Statements.wireName(source))
                        .setSinkTableName(Statements.wireName(sink))))
        .build();
  }

  static DdlTaskRequest dropFlow(String flow, long id) {
    return request()
        .setDropFlowTask(
            DropFlowTask.newBuilder()
                .setDropFlow(
                    DropFlowExpr.newBuilder()
                        .setCatalogName(DdlWorld.CATALOG)
                        .setFlowName(flow)
                        .setFlowId(FlowId.newBuilder().setId((int) id))))
        .build();
  }
}
