package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.ColumnDefault;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.alter.TableAlteration.TypeChange;
import io.metasrv.domain.table.value.TypeCasts;
import io.metasrv.domain.table.value.Value;
import io.metasrv.domain.table.value.ValueCasts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Columns that go or get another type (sheet 06 §10.1). */
final class ColumnRules {

  private ColumnRules() {}

  /**
   * Without the columns.
   *
   * @throws ServiceException if one must stay
   */
  static TableMeta drop(String table, TableMeta meta, List<String> names) {
    Schema schema = meta.schema();
    for (String name : names) {
      int index = require(table, schema, name);
      if (meta.primaryKeyIndices().contains(index) || isTimeIndex(schema, index)) {
        throw AlterErrors.indexColumn(table, name);
      }
      if (meta.partitionKeyIndices().contains(index)) {
        throw AlterErrors.partitionColumn(table, name);
      }
    }
    Schema changed =
        schema.next(schema.columns().stream().filter(c -> !names.contains(c.name())).toList());
    return meta.withSchema(changed)
        .withIndices(
            Indices.moved(schema, meta.primaryKeyIndices(), changed),
            meta.valueIndices(),
            Indices.moved(schema, meta.partitionKeyIndices(), changed));
  }

  /**
   * With other types.
   *
   * @throws ServiceException if a column cannot have the type
   */
  static TableMeta modify(
      String table, TableMeta meta, List<TypeChange> changes, StoredTexts texts) {
    Set<String> seen = new HashSet<>();
    List<ColumnSchema> columns = new ArrayList<>(meta.schema().columns());
    for (TypeChange change : changes) {
      int index = require(table, meta.schema(), change.column());
      ColumnSchema column = meta.schema().columns().get(index);
      checkModifiable(table, meta, index, seen.add(change.column()), change);
      columns.set(index, modified(table, column, change, texts));
    }
    return meta.withSchema(meta.schema().next(columns));
  }

  private static void checkModifiable(
      String table, TableMeta meta, int index, boolean firstTime, TypeChange change) {
    ColumnSchema column = meta.schema().columns().get(index);
    String what = "column '" + column.name() + "'";
    if (meta.primaryKeyIndices().contains(index)) {
      throw AlterErrors.invalid(table, "Not allowed to change primary key index " + what);
    }
    if (isTimeIndex(meta.schema(), index)) {
      throw AlterErrors.invalid(table, "Not allowed to change timestamp index " + what);
    }
    if (!firstTime) {
      throw AlterErrors.invalid(table, "modify data type of " + what + " more than once");
    }
    if (!TypeCasts.canCast(column.dataType(), change.type())) {
      throw AlterErrors.invalid(
          table,
          "%s cannot be cast automatically from %s to %s"
              .formatted(what, column.dataType(), change.type()));
    }
    if (!column.nullable()) {
      throw AlterErrors.invalid(table, what + " must be nullable to ensure safe conversion.");
    }
  }

  private static ColumnSchema modified(
      String table, ColumnSchema column, TypeChange change, StoredTexts texts) {
    ColumnSchema modified = column.withDataType(change.type());
    Optional<ColumnDefault> held = column.defaultConstraint();
    if (held.isEmpty() || !(held.get() instanceof ColumnDefault.Value(String json))) {
      return modified;
    }
    Value casted =
        ValueCasts.cast(texts.value(json), change.type())
            .orElseThrow(
                () ->
                    AlterErrors.invalid(
                        table,
                        "the default value %s of column '%s' cannot be cast to the new type; drop"
                                .formatted(json, column.name())
                            + " the default first"));
    return modified.withDefault(Optional.of(new ColumnDefault.Value(texts.json(casted))));
  }

  /**
   * With one column changed, in the same version of the schema.
   *
   * @throws ServiceException if there is no such column
   */
  static TableMeta change(
      String table, TableMeta meta, String name, UnaryOperator<ColumnSchema> change) {
    int index = require(table, meta.schema(), name);
    List<ColumnSchema> columns = new ArrayList<>(meta.schema().columns());
    columns.set(index, change.apply(columns.get(index)));
    return meta.withSchema(meta.schema().withColumns(columns));
  }

  private static int require(String table, Schema schema, String name) {
    return schema.indexOf(name).orElseThrow(() -> AlterErrors.columnMissing(table, name));
  }

  private static boolean isTimeIndex(Schema schema, int index) {
    return schema.timeIndex().equals(OptionalInt.of(index));
  }
}
