package io.metasrv.nodes.frontend;

import com.google.protobuf.ByteString;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.AddColumn;
import io.metasrv.protocol.v1.AddColumns;
import io.metasrv.protocol.v1.AlterDatabaseExpr;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.CommentObjectType;
import io.metasrv.protocol.v1.CommentOnExpr;
import io.metasrv.protocol.v1.CreateDatabaseExpr;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.CreateViewExpr;
import io.metasrv.protocol.v1.DropColumn;
import io.metasrv.protocol.v1.DropColumns;
import io.metasrv.protocol.v1.DropDatabaseExpr;
import io.metasrv.protocol.v1.DropFlowExpr;
import io.metasrv.protocol.v1.DropTableExpr;
import io.metasrv.protocol.v1.DropViewExpr;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.Option;
import io.metasrv.protocol.v1.QueryContext;
import io.metasrv.protocol.v1.RenameTable;
import io.metasrv.protocol.v1.SetDatabaseOptions;
import io.metasrv.protocol.v1.SetTableOptions;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.TruncateTableExpr;
import io.metasrv.protocol.v1.meta.AlterDatabaseTask;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.AlterTableTasks;
import io.metasrv.protocol.v1.meta.CommentOnTask;
import io.metasrv.protocol.v1.meta.CreateDatabaseTask;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import io.metasrv.protocol.v1.meta.CreateTableTasks;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DropDatabaseTask;
import io.metasrv.protocol.v1.meta.DropFlowTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import io.metasrv.protocol.v1.meta.DropViewTask;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import java.time.Instant;
import java.util.List;

/**
 * The requests a frontend sends for statements of a session (sheet 06 §20). Tables have a label
 * {@code host}, a time {@code ts} and a value {@code cpu}; those of the metric engine {@code ts},
 * {@code val} and labels as asked for. Immutable.
 */
public final class DdlRequests {

  private static final String CATALOG = "greptime";

  private final String schema;
  private final Instant now;

  private DdlRequests(String schema, Instant now) {
    this.schema = schema;
    this.now = now;
  }

  /**
   * Requests of a session.
   *
   * @param schema the session's database; names without one are meant in it
   * @param now written into new tables as the time they were asked for
   */
  public static DdlRequests of(String schema, Instant now) {
    return new DdlRequests(schema, now);
  }

  /** The full name of a table in the session's database. */
  public TableName name(String table) {
    return new TableName(CATALOG, schema, table);
  }

  private DdlTaskRequest.Builder request() {
    return DdlTaskRequest.newBuilder()
        .setQueryContext(
            QueryContext.newBuilder()
                .setCurrentCatalog(CATALOG)
                .setCurrentSchema(schema)
                .setTimezone("UTC"));
  }

  private static TableId id(long table) {
    return TableId.newBuilder().setId((int) table).build();
  }

  private static io.metasrv.protocol.v1.TableName wire(TableName name) {
    return io.metasrv.protocol.v1.TableName.newBuilder()
        .setCatalogName(name.catalog())
        .setSchemaName(name.schema())
        .setTableName(name.table())
        .build();
  }

  private static Option option(String key, String value) {
    return Option.newBuilder().setKey(key).setValue(value).build();
  }

  public DdlTaskRequest createDatabase(String name, boolean ifNotExists) {
    return request()
        .setCreateDatabaseTask(
            CreateDatabaseTask.newBuilder()
                .setCreateDatabase(
                    CreateDatabaseExpr.newBuilder()
                        .setCatalogName(CATALOG)
                        .setSchemaName(name)
                        .setCreateIfNotExists(ifNotExists)))
        .build();
  }

  public DdlTaskRequest setDatabaseOption(String name, String key, String value) {
    return request()
        .setAlterDatabaseTask(
            AlterDatabaseTask.newBuilder()
                .setTask(
                    AlterDatabaseExpr.newBuilder()
                        .setCatalogName(CATALOG)
                        .setSchemaName(name)
                        .setSetDatabaseOptions(
                            SetDatabaseOptions.newBuilder()
                                .addSetDatabaseOptions(option(key, value)))))
        .build();
  }

  public DdlTaskRequest dropDatabase(String name, boolean ifExists) {
    return request()
        .setDropDatabaseTask(
            DropDatabaseTask.newBuilder()
                .setDropDatabase(
                    DropDatabaseExpr.newBuilder()
                        .setCatalogName(CATALOG)
                        .setSchemaName(name)
                        .setDropIfExists(ifExists)))
        .build();
  }

  /**
   * A table of time series.
   *
   * @param bounds where its regions part by {@code host}, ascending; none for one region
   */
  public DdlTaskRequest createTable(TableName name, boolean ifNotExists, String... bounds) {
    return create(NewTable.plain(name, List.of(bounds), now), ifNotExists);
  }

  /** A physical table of the metric engine. */
  public DdlTaskRequest createPhysical(TableName name, boolean ifNotExists) {
    return create(NewTable.physical(name, now), ifNotExists);
  }

  private DdlTaskRequest create(NewTable table, boolean ifNotExists) {
    return request().setCreateTableTask(table.task(ifNotExists)).build();
  }

  /** Logical tables with one label each, {@code host}, on a physical one of the same database. */
  public DdlTaskRequest createLogical(boolean ifNotExists, String physical, TableName... tables) {
    CreateTableTasks.Builder tasks = CreateTableTasks.newBuilder();
    for (TableName table : tables) {
      tasks.addTasks(NewTable.logical(table, physical, List.of("host"), now).task(ifNotExists));
    }
    return request().setCreateTableTasks(tasks).build();
  }

  public DdlTaskRequest addField(TableName table, String column) {
    return alter(adding(table, new NewTable.Column(column, NewTable.Kind.VALUE)));
  }

  public DdlTaskRequest addTag(TableName table, String column) {
    return alter(adding(table, new NewTable.Column(column, NewTable.Kind.LABEL)));
  }

  /** A label for logical tables of one physical table, as one statement. */
  public DdlTaskRequest addTagToLogical(String column, TableName... tables) {
    AlterTableTasks.Builder tasks = AlterTableTasks.newBuilder();
    for (TableName table : tables) {
      tasks.addTasks(
          AlterTableTask.newBuilder()
              .setAlterTable(adding(table, new NewTable.Column(column, NewTable.Kind.LABEL))));
    }
    return request().setAlterTableTasks(tasks).build();
  }

  private static AlterTableExpr.Builder adding(TableName table, NewTable.Column column) {
    return of(table)
        .setAddColumns(
            AddColumns.newBuilder()
                .addAddColumns(
                    AddColumn.newBuilder()
                        .setAddIfNotExists(true)
                        .setColumnDef(column.definition())));
  }

  public DdlTaskRequest dropColumn(TableName table, String column) {
    return alter(
        of(table)
            .setDropColumns(
                DropColumns.newBuilder().addDropColumns(DropColumn.newBuilder().setName(column))));
  }

  public DdlTaskRequest setOption(TableName table, String key, String value) {
    return alter(
        of(table)
            .setSetTableOptions(SetTableOptions.newBuilder().addTableOptions(option(key, value))));
  }

  public DdlTaskRequest rename(TableName table, String newName) {
    return alter(of(table).setRenameTable(RenameTable.newBuilder().setNewTableName(newName)));
  }

  private static AlterTableExpr.Builder of(TableName table) {
    return AlterTableExpr.newBuilder()
        .setCatalogName(table.catalog())
        .setSchemaName(table.schema())
        .setTableName(table.table());
  }

  private DdlTaskRequest alter(AlterTableExpr.Builder change) {
    return request().setAlterTableTask(AlterTableTask.newBuilder().setAlterTable(change)).build();
  }

  public DdlTaskRequest dropTable(TableName name, long id, boolean ifExists) {
    return request()
        .setDropTableTask(
            DropTableTask.newBuilder()
                .setDropTable(
                    DropTableExpr.newBuilder()
                        .setCatalogName(name.catalog())
                        .setSchemaName(name.schema())
                        .setTableName(name.table())
                        .setTableId(id(id))
                        .setDropIfExists(ifExists)))
        .build();
  }

  public DdlTaskRequest truncate(TableName name, long id) {
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

  public DdlTaskRequest comment(TableName name, String text) {
    return comment(name, CommentObjectType.TABLE, "", text);
  }

  public DdlTaskRequest commentOnColumn(TableName name, String column, String text) {
    return comment(name, CommentObjectType.COLUMN, column, text);
  }

  public DdlTaskRequest commentOnFlow(String flow, String text) {
    return comment(name(flow), CommentObjectType.FLOW, "", text);
  }

  private DdlTaskRequest comment(
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

  /** A view; the plan is any bytes, metasrv does not read it. */
  public DdlTaskRequest createView(TableName name, String definition, boolean orReplace) {
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
                .setViewInfo(ByteString.copyFromUtf8(TableInfoText.ofView(name, now))))
        .build();
  }

  public DdlTaskRequest dropView(TableName name, long id) {
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

  /** A flow of the catalog that reads one table and writes another. */
  public DdlTaskRequest createFlow(
      String flow, TableName source, TableName sink, boolean orReplace) {
    return request()
        .setCreateFlowTask(
            CreateFlowTask.newBuilder()
                .setCreateFlow(
                    CreateFlowExpr.newBuilder()
                        .setCatalogName(CATALOG)
                        .setFlowName(flow)
                        .addSourceTableNames(wire(source))
                        .setSinkTableName(wire(sink))
                        .setSql("SELECT max(cpu) FROM " + source.table())
                        .setOrReplace(orReplace)))
        .build();
  }

  public DdlTaskRequest dropFlow(String flow, long id) {
    return request()
        .setDropFlowTask(
            DropFlowTask.newBuilder()
                .setDropFlow(
                    DropFlowExpr.newBuilder()
                        .setCatalogName(CATALOG)
                        .setFlowName(flow)
                        .setFlowId(FlowId.newBuilder().setId((int) id))))
        .build();
  }
}
