package io.metasrv.nodes.frontend;

import com.google.protobuf.ByteString;
import io.metasrv.domain.table.TableName;
import io.metasrv.nodes.json.JsonText;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.CreateTableExpr;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A table as a frontend asks for it: the statement, and the table info it made of that.
 *
 * @param name its name
 * @param engine {@code mito} or {@code metric}
 * @param options options of the statement, as they are
 * @param columns its columns in their order; labels are the key
 * @param bounds where its regions part by the first label, ascending; none for one region
 * @param createdOn when the frontend made the info
 */
record NewTable(
    TableName name,
    String engine,
    SortedMap<String, String> options,
    List<Column> columns,
    List<String> bounds,
    Instant createdOn) {

  /** A column of a new table. */
  enum Kind {
    LABEL(ColumnDataType.STRING, SemanticType.TAG, "{\"String\":{\"size_type\":\"Utf8\"}}"),
    TIME(
        ColumnDataType.TIMESTAMP_MILLISECOND,
        SemanticType.TIMESTAMP,
        "{\"Timestamp\":{\"Millisecond\":null}}"),
    VALUE(ColumnDataType.FLOAT64, SemanticType.FIELD, "{\"Float64\":{}}");

    private final ColumnDataType type;
    private final SemanticType semantic;
    private final String json;

    Kind(ColumnDataType type, SemanticType semantic, String json) {
      this.type = type;
      this.semantic = semantic;
      this.json = json;
    }
  }

  record Column(String name, Kind kind) {

    /** As requests name it. */
    ColumnDef definition() {
      return ColumnDef.newBuilder()
          .setName(name)
          .setDataType(kind.type)
          .setIsNullable(kind != Kind.TIME)
          .setSemanticType(kind.semantic)
          .build();
    }
  }

  /** A table of time series: a host, a time, a value. */
  static NewTable plain(TableName name, List<String> bounds, Instant createdOn) {
    return new NewTable(
        name,
        "mito",
        Collections.emptySortedMap(),
        List.of(
            new Column("host", Kind.LABEL),
            new Column("ts", Kind.TIME),
            new Column("cpu", Kind.VALUE)),
        bounds,
        createdOn);
  }

  /** A physical table of the metric engine. */
  static NewTable physical(TableName name, Instant createdOn) {
    return metric(name, "physical_metric_table", "", List.of(), createdOn);
  }

  /** A logical table of the metric engine. */
  static NewTable logical(TableName name, String physical, List<String> labels, Instant createdOn) {
    return metric(name, "on_physical_table", physical, labels, createdOn);
  }

  private static NewTable metric(
      TableName name, String option, String value, List<String> labels, Instant createdOn) {
    List<Column> columns = new ArrayList<>();
    labels.forEach(label -> columns.add(new Column(label, Kind.LABEL)));
    columns.add(new Column("ts", Kind.TIME));
    columns.add(new Column("val", Kind.VALUE));
    return new NewTable(
        name,
        "metric",
        new TreeMap<>(Map.of(option, value)),
        List.copyOf(columns),
        List.of(),
        createdOn);
  }

  CreateTableTask task(boolean ifNotExists) {
    return CreateTableTask.newBuilder()
        .setCreateTable(statement(ifNotExists))
        .addAllPartitions(partitions())
        .setTableInfo(ByteString.copyFromUtf8(info()))
        .build();
  }

  private CreateTableExpr statement(boolean ifNotExists) {
    CreateTableExpr.Builder statement =
        CreateTableExpr.newBuilder()
            .setCatalogName(name.catalog())
            .setSchemaName(name.schema())
            .setTableName(name.table())
            .setEngine(engine)
            .setCreateIfNotExists(ifNotExists)
            .putAllTableOptions(options);
    for (Column column : columns) {
      statement.addColumnDefs(column.definition());
      switch (column.kind()) {
        case LABEL -> statement.addPrimaryKeys(column.name());
        case TIME -> statement.setTimeIndex(column.name());
        case VALUE -> {}
      }
    }
    return statement.build();
  }

  /** One partition for each region, by the expressions frontends make (sheet 03 §5). */
  private List<Partition> partitions() {
    if (bounds.isEmpty()) {
      return List.of();
    }
    return IntStream.rangeClosed(0, bounds.size())
        .mapToObj(this::between)
        .map(expression -> Partition.newBuilder().setExpression(expression).build())
        .toList();
  }

  private String between(int region) {
    String column = columns.getFirst().name();
    if (region == 0) {
      return compare(column, "Lt", bounds.getFirst());
    }
    String from = compare(column, "GtEq", bounds.get(region - 1));
    return region == bounds.size()
        ? from
        : expression(from, "And", compare(column, "Lt", bounds.get(region)));
  }

  private static String compare(String column, String op, String bound) {
    String left = new JsonText().startObject().name("Column").string(column).endObject().toString();
    String right =
        new JsonText()
            .startObject()
            .name("Value")
            .startObject()
            .name("String")
            .string(bound)
            .endObject()
            .endObject()
            .toString();
    return expression(left, op, right);
  }

  private static String expression(String left, String op, String right) {
    return new JsonText()
        .startObject()
        .name("Expr")
        .startObject()
        .name("lhs")
        .raw(left)
        .name("op")
        .string(op)
        .name("rhs")
        .raw(right)
        .endObject()
        .endObject()
        .toString();
  }

  private String info() {
    JsonText json = new JsonText().startObject();
    TableInfoText.head(json, name);
    json.name("meta").startObject();
    json.name("schema").startObject().name("column_schemas").startArray();
    columns.forEach(column -> column(json, column));
    json.endArray().name("version").unsigned(0).endObject();
    indices(json.name("primary_key_indices"), keys());
    indices(json.name("value_indices"), List.of());
    json.name("engine").string(engine);
    json.name("next_column_id").unsigned(columns.size());
    TableInfoText.options(json, options);
    TableInfoText.times(json, createdOn);
    indices(json.name("partition_key_indices"), bounds.isEmpty() ? List.of() : List.of(0));
    json.endObject().name("table_type").string("Base");
    return json.endObject().toString();
  }

  private List<Integer> keys() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).kind() == Kind.LABEL)
        .boxed()
        .toList();
  }

  private static void column(JsonText json, Column column) {
    boolean time = column.kind() == Kind.TIME;
    json.startObject().name("name").string(column.name());
    json.name("data_type").raw(column.kind().json);
    json.name("is_nullable").bool(!time).name("is_time_index").bool(time);
    json.name("default_constraint").nothing().name("metadata").startObject();
    if (time) {
      json.name("greptime:time_index").string("true");
    }
    json.endObject().endObject();
  }

  private static void indices(JsonText json, List<Integer> indices) {
    json.startArray();
    indices.forEach(json::unsigned);
    json.endArray();
  }
}
