package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.ColumnDefault;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.alter.TableAlteration.Addition;
import io.metasrv.domain.table.alter.TableAlteration.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * New columns of a table (sheet 06 §10.1).
 *
 * <p>The primary key is put into column order, as the reference does: what is stored looks the same
 * whoever did the ALTER. Datanodes keep the order of their own; readers go by names (sheet 06 §23).
 */
public final class AddColumnsRule {

  private AddColumnsRule() {}

  /**
   * Those columns that are not there yet.
   *
   * @param table bare name, for errors
   * @throws ServiceException if a column cannot be added
   */
  public static List<Addition> missing(String table, Schema schema, List<Addition> asked) {
    Set<String> seen = new HashSet<>();
    List<Addition> missing = new ArrayList<>();
    for (Addition addition : asked) {
      String name = addition.column().name();
      Optional<ColumnSchema> present = schema.column(name);
      if (present.isPresent()) {
        checkPresent(table, present.get(), addition);
        continue;
      }
      if (!seen.add(name)) {
        throw AlterErrors.invalid(table, "add column " + name + " more than once");
      }
      checkNew(table, schema, addition);
      missing.add(addition);
    }
    return List.copyOf(missing);
  }

  private static void checkPresent(String table, ColumnSchema present, Addition addition) {
    if (!addition.ifNotExists()) {
      throw AlterErrors.columnExists(table, present.name());
    }
    if (!present.dataType().isSameAs(addition.column().dataType())) {
      throw AlterErrors.invalid(
          table, "column " + present.name() + " already exists with different type");
    }
  }

  private static void checkNew(String table, Schema schema, Addition addition) {
    ColumnSchema column = addition.column();
    if (column.timeIndex()) {
      throw AlterErrors.invalid(table, "cannot add a time index: " + column.name());
    }
    if (!column.nullable() && column.defaultConstraint().isEmpty()) {
      throw AlterErrors.invalid(table, "no default value for column " + column.name());
    }
    if (!column.nullable()
        && column.defaultConstraint().get() instanceof ColumnDefault.Value value
        && value.isNull()) {
      throw AlterErrors.invalid(table, "column " + column.name() + " cannot default to null");
    }
    if (addition.location() instanceof Location.After(String anchor)
        && schema.indexOf(anchor).isEmpty()) {
      throw AlterErrors.columnMissing(table, anchor);
    }
  }

  /**
   * The meta with the columns; the next column id is left as it is.
   *
   * @throws ServiceException if a column cannot be added
   */
  static TableMeta apply(String table, TableMeta meta, List<Addition> asked) {
    Schema schema = meta.schema();
    List<Addition> missing = missing(table, schema, asked);
    List<ColumnSchema> columns = arrange(schema.columns(), missing);
    Set<String> keys = new HashSet<>(names(schema, meta.primaryKeyIndices()));
    missing.stream().filter(Addition::tag).forEach(a -> keys.add(a.column().name()));
    List<Integer> keyIndices = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (keys.contains(columns.get(i).name())) {
        keyIndices.add(i);
      }
    }
    Schema changed = schema.next(columns);
    return meta.withSchema(changed)
        .withIndices(
            keyIndices,
            meta.valueIndices(),
            Indices.moved(schema, meta.partitionKeyIndices(), changed));
  }

  private static List<String> names(Schema schema, List<Integer> indices) {
    return indices.stream().map(index -> schema.columns().get(index).name()).toList();
  }

  private static List<ColumnSchema> arrange(List<ColumnSchema> present, List<Addition> missing) {
    List<ColumnSchema> columns = new ArrayList<>();
    for (Addition addition : missing.reversed()) {
      if (addition.location() instanceof Location.First) {
        columns.add(addition.column());
      }
    }
    for (ColumnSchema column : present) {
      columns.add(column);
      for (Addition addition : missing.reversed()) {
        if (addition.location().equals(new Location.After(column.name()))) {
          columns.add(addition.column());
        }
      }
    }
    for (Addition addition : missing) {
      if (addition.location() instanceof Location.Last) {
        columns.add(addition.column());
      }
    }
    return columns;
  }
}
