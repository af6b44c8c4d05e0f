package io.metasrv.domain.table;

import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns of logical tables: kept sorted by name (sheet 06 §10.4). Pure. */
public final class LogicalColumns {

  /** The order of names: that of their UTF-8 bytes. */
  public static final Comparator<String> BY_NAME = Comparator.comparing(Bytes::utf8);

  private LogicalColumns() {}

  /**
   * The table with its columns sorted by name and all indices and ids moved along; ids that were
   * not parallel to the columns are dropped. Versions stay.
   */
  public static TableInfo sorted(TableInfo info) {
    TableMeta meta = info.meta();
    List<ColumnSchema> columns = meta.schema().columns();
    List<Integer> order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparing(i -> columns.get(i).name(), BY_NAME))
            .toList();
    Set<Integer> formerKey = Set.copyOf(meta.primaryKeyIndices());
    List<Integer> key = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      (formerKey.contains(order.get(i)) ? key : values).add(i);
    }
    List<Integer> partition = meta.partitionKeyIndices().stream().map(order::indexOf).toList();
    List<Long> ids = meta.columnIds();
    List<Long> sortedIds =
        ids.size() == columns.size() ? order.stream().map(ids::get).toList() : List.of();
    return info.withMeta(
        meta.withSchema(meta.schema().withColumns(order.stream().map(columns::get).toList()))
            .withIndices(key, values, partition)
            .withColumnIds(sortedIds));
  }

  /**
   * The table with a nullable text column, in the primary key, for each partition column of its
   * physical table that it lacks (sheet 06 §8). If any is added the schema begins at version 0.
   */
  public static TableInfo withPartitionColumns(TableInfo info, List<String> partitionColumns) {
    TableMeta meta = info.meta();
    Set<String> present =
        meta.schema().columns().stream().map(ColumnSchema::name).collect(Collectors.toSet());
    List<String> missing =
        partitionColumns.stream().filter(name -> !present.contains(name)).distinct().toList();
    if (missing.isEmpty()) {
      return info;
    }
    List<ColumnSchema> columns = new ArrayList<>(meta.schema().columns());
    List<Integer> key = new ArrayList<>(meta.primaryKeyIndices());
    for (String name : missing) {
      key.add(columns.size());
      columns.add(ColumnSchema.of(name, DataType.string(), true));
    }
    Schema schema = new Schema(columns, 0, meta.schema().unknown());
    return info.withMeta(
        meta.withSchema(schema).withIndices(key, meta.valueIndices(), meta.partitionKeyIndices()));
  }
}
