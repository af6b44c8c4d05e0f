package io.metasrv.domain.table;

import io.metasrv.domain.UnknownMembers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The columns of a table (sheet 03 §5.3).
 *
 * @param columns in their order; names are unique, the first time index has a timestamp type
 * @param version unsigned 32 bits; one up with each change of columns
 * @param unknown members kept for others
 */
public record Schema(List<ColumnSchema> columns, long version, UnknownMembers unknown) {

  /**
   * @throws IllegalArgumentException if two columns have one name or the time index is no timestamp
   */
  public Schema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (ColumnSchema column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns have the name `" + column.name() + "`");
      }
    }
    columns.stream()
        .filter(ColumnSchema::timeIndex)
        .findFirst()
        .filter(column -> !column.dataType().isTimestamp())
        .ifPresent(
            column -> {
              throw new IllegalArgumentException(
                  "the time index `" + column.name() + "` is no timestamp");
            });
  }

  /** A schema of version 0. */
  public static Schema of(List<ColumnSchema> columns) {
    return new Schema(columns, 0, UnknownMembers.NONE);
  }

  /** This schema with other columns, same version. */
  public Schema withColumns(List<ColumnSchema> changed) {
    return new Schema(changed, version, unknown);
  }

  /** This schema with other columns, version one up. */
  public Schema next(List<ColumnSchema> changed) {
    return new Schema(changed, version + 1, unknown);
  }

  /** Index of the first time index. */
  public OptionalInt timeIndex() {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).timeIndex()) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Index of the column. */
  public OptionalInt indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The column of the name. */
  public Optional<ColumnSchema> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
