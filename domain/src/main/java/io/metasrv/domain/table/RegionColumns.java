package io.metasrv.domain.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a table's info learns from the columns that its regions report. Pure. */
public final class RegionColumns {

  private RegionColumns() {}

  /**
   * The ids of a table's columns, parallel to them (sheet 06 §10.3).
   *
   * @param reported by the regions, in any order
   * @return empty unless the names reported are exactly the table's
   */
  public static Optional<List<Long>> columnIds(Schema schema, List<ColumnMetadata> reported) {
    Map<String, Long> ids = new HashMap<>();
    reported.forEach(column -> ids.put(column.name(), column.columnId()));
    if (reported.size() != schema.columns().size() || ids.size() != reported.size()) {
      return Optional.empty();
    }
    List<Long> found = new ArrayList<>(ids.size());
    for (ColumnSchema column : schema.columns()) {
      Long id = ids.get(column.name());
      if (id == null) {
        return Optional.empty();
      }
      found.add(id);
    }
    return Optional.of(List.copyOf(found));
  }

  /**
   * The info of a physical table of the metric engine, once its regions have the columns of another
   * logical table (sheet 06 §10.5). Versions, time of update and the next column id stay.
   *
   * @param reported all columns of the physical regions, in their order
   * @throws IllegalArgumentException if they make no schema
   */
  public static TableInfo physical(TableInfo info, List<ColumnMetadata> reported) {
    TableMeta meta = info.meta();
    Schema before = meta.schema();
    List<Integer> key = new ArrayList<>(meta.primaryKeyIndices());
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < reported.size(); i++) {
      ColumnMetadata column = reported.get(i);
      if (column.semanticType() != SemanticType.TAG) {
        values.add(i);
      } else if (before.indexOf(column.name()).isEmpty()) {
        key.add(i);
      }
    }
    List<ColumnSchema> columns = reported.stream().map(ColumnMetadata::column).toList();
    return info.withMeta(
        meta.withSchema(before.withColumns(columns))
            .withIndices(key, values, meta.partitionKeyIndices())
            .withColumnIds(reported.stream().map(ColumnMetadata::columnId).toList()));
  }
}
