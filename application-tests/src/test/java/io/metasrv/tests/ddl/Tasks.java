package io.metasrv.tests.ddl;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.region.ColumnDefs;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.TableInfoCodec;
import io.metasrv.domain.Maps;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.flow.QueryContext;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.SemanticType;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TableType;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.protocol.v1.CreateTableExpr;
import io.metasrv.protocol.v1.DropTableExpr;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import io.metasrv.protocol.v1.meta.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tasks as frontends send them (sheet 06 §20). */
final class Tasks {

  static final ColumnSchema HOST = ColumnSchema.of("host", DataType.string(), true);
  static final ColumnSchema TS =
      ColumnSchema.of("ts", new DataType.Timestamp(TimeUnit.MILLISECOND), false).asTimeIndex();
  static final ColumnSchema CPU = ColumnSchema.of("cpu", DataType.Kind.FLOAT64.type(), true);

  static final QueryContext SESSION =
      new QueryContext(
          "greptime",
          "public",
          "UTC",
          Maps.empty(),
          0,
          Maps.empty(),
          Maps.empty(),
          UnknownMembers.NONE);

  private Tasks() {}

  /** A new table with a key column, the time index and a value. */
  static TableInfo info(String name, String engine, Map<String, String> options) {
    return info(name, engine, options, List.of(HOST, TS, CPU), List.of(0));
  }

  static TableInfo info(
      String name,
      String engine,
      Map<String, String> options,
      List<ColumnSchema> columns,
      List<Integer> key) {
    Instant now = Instant.parse("2026-11-23T10:00:00.123456789Z");
    TableMeta meta =
        new TableMeta(
            Schema.of(columns),
            key,
            List.of(),
            engine,
            columns.size(),
            TableOptions.ofUser(options),
            now,
            now,
            List.of(),
            List.of(),
            UnknownMembers.NONE);
    return new TableInfo(
        TableIdent.of(new TableId(0)),
        name,
        java.util.Optional.empty(),
        DdlWorld.CATALOG,
        DdlWorld.SCHEMA,
        meta,
        TableType.BASE,
        UnknownMembers.NONE);
  }

  /** The statement that goes with an info. */
  static CreateTableExpr.Builder expr(TableInfo info, Map<String, String> options) {
    List<ColumnSchema> columns = info.meta().schema().columns();
    CreateTableExpr.Builder expr =
        CreateTableExpr.newBuilder()
            .setCatalogName(info.catalogName())
            .setSchemaName(info.schemaName())
            .setTableName(info.name())
            .setEngine(info.meta().engine())
            .putAllTableOptions(options);
    for (ColumnSchema column : columns) {
      expr.addColumnDefs(ColumnDefs.of(column, SemanticType.TAG));
      if (column.timeIndex()) {
        expr.setTimeIndex(column.name());
      }
    }
    info.meta().primaryKeyIndices().forEach(i -> expr.addPrimaryKeys(columns.get(i).name()));
    return expr;
  }

  static CreateTableTask task(
      TableInfo info, CreateTableExpr.Builder expr, String... partitionExprs) {
    return CreateTableTask.newBuilder()
        .setCreateTable(expr)
        .setTableInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(info)))
        .addAllPartitions(
            IntStream.range(0, partitionExprs.length)
                .mapToObj(i -> Partition.newBuilder().setExpression(partitionExprs[i]).build())
                .toList())
        .build();
  }

  /** The info that a task carries. */
  static TableInfo sent(CreateTableTask task) {
    return TableInfoCodec.CODEC.read(JsonReader.read(task.getTableInfo().toStringUtf8()));
  }

  /** A mito table. */
  static CreateTableTask table(String name, String... partitionExprs) {
    TableInfo info = info(name, "mito", Map.of());
    return task(info, expr(info, Map.of()), partitionExprs);
  }

  /** A physical table of the metric engine, one region. */
  static CreateTableTask physical(String name) {
    Map<String, String> options = Map.of("physical_metric_table", "");
    TableInfo info = info(name, "metric", options, List.of(TS, CPU), List.of());
    return task(info, expr(info, options));
  }

  /** A logical table with one label. */
  static CreateTableTask logical(String name, String physical, String label, boolean orExisting) {
    Map<String, String> options = Map.of("on_physical_table", physical);
    ColumnSchema column = ColumnSchema.of(label, DataType.string(), true);
    TableInfo info = info(name, "metric", options, List.of(TS, CPU, column), List.of(2));
    return task(info, expr(info, options).setCreateIfNotExists(orExisting));
  }

  static DropTableTask drop(String name, long id, boolean ifExists) {
    return DropTableTask.newBuilder()
        .setDropTable(
            DropTableExpr.newBuilder()
                .setCatalogName(DdlWorld.CATALOG)
                .setSchemaName(DdlWorld.SCHEMA)
                .setTableName(name)
                .setTableId(io.metasrv.protocol.v1.TableId.newBuilder().setId((int) id))
                .setDropIfExists(ifExists))
        .build();
  }
}
