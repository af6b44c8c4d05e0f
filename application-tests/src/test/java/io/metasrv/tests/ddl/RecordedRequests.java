package io.metasrv.tests.ddl;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.region.ColumnDefs;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.FlowInfoCodec;
import io.metasrv.application.metadata.codec.TableInfoCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.metadata.codec.ViewInfoCodec;
import io.metasrv.domain.TableId;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.SemanticType;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.ViewInfo;
import io.metasrv.protocol.v1.AddColumn;
import io.metasrv.protocol.v1.AddColumns;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.CreateTableExpr;
import io.metasrv.protocol.v1.CreateViewExpr;
import io.metasrv.protocol.v1.ExpireAfter;
import io.metasrv.protocol.v1.QueryContext;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.AlterTableTasks;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTasks;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.Partition;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that led to what a step stored: what metasrv stores of a new table, view or flow is
 * what it was sent, with ids and without what it adds.
 */
final class RecordedRequests {

  private RecordedRequests() {}

  static DdlTaskRequest.Builder request() {
    return DdlTaskRequest.newBuilder()
        .setQueryContext(
            QueryContext.newBuilder()
                .setCurrentCatalog("greptime")
                .setCurrentSchema("public")
                .setTimezone("UTC"));
  }

  /** A table as a step left it. */
  static TableInfo table(RecordedRun.Step step, long id) {
    return TableInfoValueCodec.CODEC.read(JsonReader.read(step.value("__table_info/" + id))).info();
  }

  /**
   * The table that the step created.
   *
   * @param columns in the order of the statement; none if that is the stored one
   */
  static DdlTaskRequest createTable(
      RecordedRun.Step step, long id, boolean ifNotExists, String... columns) {
    TableInfo info = asSent(table(step, id), List.of(columns));
    CreateTableExpr.Builder expr =
        Tasks.expr(info, info.meta().options().toRegionOptions()).setCreateIfNotExists(ifNotExists);
    CreateTableTask.Builder task =
        CreateTableTask.newBuilder()
            .setCreateTable(expr)
            .setTableInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(info)));
    TableRoute route =
        TableRouteCodec.CODEC.read(JsonReader.read(step.value("__table_route/" + id)));
    return switch (route) {
      case TableRoute.Physical physical -> {
        physical
            .regions()
            .forEach(
                region ->
                    task.addPartitions(
                        Partition.newBuilder().setExpression(region.region().partitionExpr())));
        yield request().setCreateTableTask(task).build();
      }
      case TableRoute.Logical ignored ->
          request().setCreateTableTasks(CreateTableTasks.newBuilder().addTasks(task)).build();
    };
  }

  /** The info as its frontend sent it: no ids, and columns as the statement had them. */
  static TableInfo asSent(TableInfo info, List<String> order) {
    TableMeta meta = info.meta();
    List<ColumnSchema> columns = meta.schema().columns();
    List<ColumnSchema> ordered = new ArrayList<>();
    order.forEach(name -> ordered.add(meta.schema().column(name).orElseThrow()));
    List<ColumnSchema> sent = order.isEmpty() ? columns : ordered;
    return info.withIdent(TableIdent.of(new TableId(0)))
        .withMeta(
            meta.withSchema(meta.schema().withColumns(sent))
                .withIndices(
                    meta.primaryKeyIndices().stream()
                        .map(i -> sent.indexOf(columns.get(i)))
                        .toList(),
                    List.of(),
                    meta.partitionKeyIndices())
                .withColumnIds(List.of()));
  }

  /** The view that the step created or replaced. */
  static DdlTaskRequest createView(RecordedRun.Step step, long id, boolean orReplace) {
    ViewInfo view = ViewInfoCodec.CODEC.read(JsonReader.read(step.value("__view_info/" + id)));
    TableInfo info = table(step, id).withIdent(TableIdent.of(new TableId(0)));
    return request()
        .setCreateViewTask(
            CreateViewTask.newBuilder()
                .setCreateView(
                    CreateViewExpr.newBuilder()
                        .setCatalogName(info.catalogName())
                        .setSchemaName(info.schemaName())
                        .setViewName(info.name())
                        .setLogicalPlan(ByteString.copyFrom(view.plan().toByteArray()))
                        .addAllTableNames(
                            view.tableNames().stream().map(Statements::wireName).toList())
                        .addAllColumns(view.columns())
                        .addAllPlanColumns(view.planColumns())
                        .setDefinition(view.definition())
                        .setOrReplace(orReplace))
                .setViewInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(info))))
        .build();
  }

  /** The session in which a flow of the step was created. */
  static io.metasrv.domain.flow.QueryContext sessionOfFlow(RecordedRun.Step step, long id) {
    return flow(step, id).queryContext().orElseThrow();
  }

  private static FlowInfo flow(RecordedRun.Step step, long id) {
    return FlowInfoCodec.CODEC.read(JsonReader.read(step.value("__flow/info/" + id)));
  }

  /** The flow that the step created, with its session. */
  static DdlTaskRequest createFlow(RecordedRun.Step step, long id, boolean orReplace) {
    FlowInfo info = flow(step, id);
    var session = sessionOfFlow(step, id);
    return DdlTaskRequest.newBuilder()
        .setQueryContext(
            QueryContext.newBuilder()
                .setCurrentCatalog(session.currentCatalog())
                .setCurrentSchema(session.currentSchema())
                .setTimezone(session.timezone())
                .setChannel(session.channel())
                .putAllExtensions(session.extensions()))
        .setCreateFlowTask(
            CreateFlowTask.newBuilder()
                .setCreateFlow(
                    CreateFlowExpr.newBuilder()
                        .setCatalogName(info.catalogName())
                        .setFlowName(info.flowName())
                        .addAllSourceTableNames(
                            info.allSourceTableNames().stream().map(Statements::wireName).toList())
                        .setSinkTableName(Statements.wireName(info.sinkTableName()))
                        .setExpireAfter(
                            ExpireAfter.newBuilder().setValue(info.expireAfterSecs().orElseThrow()))
                        .setComment(info.comment())
                        .setSql(info.rawSql())
                        .setOrReplace(orReplace)
                        .putAllFlowOptions(info.options())))
        .build();
  }

  /** An alteration of one table. */
  static DdlTaskRequest alter(AlterTableExpr.Builder alteration) {
    return request()
        .setAlterTableTask(AlterTableTask.newBuilder().setAlterTable(alteration))
        .build();
  }

  /** An alteration of a logical table. */
  static DdlTaskRequest alterLogical(AlterTableExpr.Builder alteration) {
    return request()
        .setAlterTableTasks(
            AlterTableTasks.newBuilder()
                .addTasks(AlterTableTask.newBuilder().setAlterTable(alteration)))
        .build();
  }

  static AlterTableExpr.Builder of(String schema, String table) {
    return AlterTableExpr.newBuilder()
        .setCatalogName("greptime")
        .setSchemaName(schema)
        .setTableName(table);
  }

  /** New columns of a table as a step left it; those of its key are labels. */
  static AddColumns added(TableInfo info, String... names) {
    AddColumns.Builder added = AddColumns.newBuilder();
    List<ColumnSchema> columns = info.meta().schema().columns();
    for (String name : names) {
      ColumnSchema column = info.meta().schema().column(name).orElseThrow();
      boolean label = info.meta().primaryKeyIndices().contains(columns.indexOf(column));
      added.addAddColumns(
          AddColumn.newBuilder()
              .setColumnDef(ColumnDefs.of(column, label ? SemanticType.TAG : SemanticType.FIELD)));
    }
    return added.build();
  }
}
