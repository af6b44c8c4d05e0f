package io.metasrv.domain.table;

import io.metasrv.domain.Maps;
import io.metasrv.domain.UnknownMembers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a table is made of (sheet 03 §5.2). Indices count {@link Schema#columns()} from 0.
 *
 * @param schema its columns
 * @param primaryKeyIndices in key order, without the time index
 * @param valueIndices after an ALTER every index outside the key; do not rely on it
 * @param engine {@code mito}, {@code metric}, {@code file}; empty for views
 * @param nextColumnId unsigned 32 bits
 * @param options table options
 * @param createdOn nanoseconds kept
 * @param updatedOn nanoseconds kept
 * @param partitionKeyIndices columns of the partition rule
 * @param columnIds parallel to the columns, unsigned 32 bits; only good if as many as columns
 * @param unknown members kept for others
 */
public record TableMeta(
    Schema schema,
    List<Integer> primaryKeyIndices,
    List<Integer> valueIndices,
    String engine,
    long nextColumnId,
    TableOptions options,
    Instant createdOn,
    Instant updatedOn,
    List<Integer> partitionKeyIndices,
    List<Long> columnIds,
    UnknownMembers unknown) {

  public TableMeta {
    primaryKeyIndices = List.copyOf(primaryKeyIndices);
    valueIndices = List.copyOf(valueIndices);
    partitionKeyIndices = List.copyOf(partitionKeyIndices);
    columnIds = List.copyOf(columnIds);
  }

  /** The ids of columns by name, unless the stored list does not fit the columns. */
  public Optional<SequencedMap<String, Long>> columnIdsByName() {
    List<ColumnSchema> columns = schema.columns();
    if (columnIds.size() != columns.size()) {
      return Optional.empty();
    }
    LinkedHashMap<String, Long> ids = new LinkedHashMap<>();
    for (int i = 0; i < columnIds.size(); i++) {
      ids.put(columns.get(i).name(), columnIds.get(i));
    }
    return Optional.of(Maps.copyOf(ids));
  }

  /** With another schema. */
  public TableMeta withSchema(Schema changed) {
    return new TableMeta(
        changed,
        primaryKeyIndices,
        valueIndices,
        engine,
        nextColumnId,
        options,
        createdOn,
        updatedOn,
        partitionKeyIndices,
        columnIds,
        unknown);
  }

  /** With other indices, all three kinds. */
  public TableMeta withIndices(
      List<Integer> primaryKey, List<Integer> values, List<Integer> partitionKey) {
    return new TableMeta(
        schema,
        primaryKey,
        values,
        engine,
        nextColumnId,
        options,
        createdOn,
        updatedOn,
        partitionKey,
        columnIds,
        unknown);
  }

  /** With other options. */
  public TableMeta withOptions(TableOptions changed) {
    return new TableMeta(
        schema,
        primaryKeyIndices,
        valueIndices,
        engine,
        nextColumnId,
        changed,
        createdOn,
        updatedOn,
        partitionKeyIndices,
        columnIds,
        unknown);
  }

  /** With another moment of its last change. */
  public TableMeta withUpdatedOn(Instant changed) {
    return new TableMeta(
        schema,
        primaryKeyIndices,
        valueIndices,
        engine,
        nextColumnId,
        options,
        createdOn,
        changed,
        partitionKeyIndices,
        columnIds,
        unknown);
  }

  /** With other ids of columns. */
  public TableMeta withColumnIds(List<Long> changed) {
    return new TableMeta(
        schema,
        primaryKeyIndices,
        valueIndices,
        engine,
        nextColumnId,
        options,
        createdOn,
        updatedOn,
        partitionKeyIndices,
        changed,
        unknown);
  }

  /** With another next column id. */
  public TableMeta withNextColumnId(long changed) {
    return new TableMeta(
        schema,
        primaryKeyIndices,
        valueIndices,
        engine,
        changed,
        options,
        createdOn,
        updatedOn,
        partitionKeyIndices,
        columnIds,
        unknown);
  }
}
