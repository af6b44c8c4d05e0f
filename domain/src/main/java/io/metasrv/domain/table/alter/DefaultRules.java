package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.ColumnDefault;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.alter.TableAlteration.NewDefault;
import io.metasrv.domain.table.alter.TableAlteration.SetDefault;
import io.metasrv.domain.table.value.Literal;
import io.metasrv.domain.table.value.Value;
import java.util.List;
import java.util.Optional;

/** Defaults of columns (sheet 06 §10.1, §10.2). */
public final class DefaultRules {

  private static final List<String> FUNCTIONS =
      List.of("current_timestamp", "current_timestamp()", "now()");

  private DefaultRules() {}

  /**
   * Without the defaults; unknown columns are ignored.
   *
   * @throws ServiceException if a column has no default or needs one
   */
  static TableMeta drop(String table, TableMeta meta, List<String> names) {
    TableMeta changed = meta;
    for (String name : names) {
      if (name.isEmpty()) {
        throw AlterErrors.invalid(table, "column name of a dropped default is empty");
      }
      if (meta.schema().column(name).isPresent()) {
        changed = ColumnRules.change(table, changed, name, column -> without(table, column));
      }
    }
    return changed.withSchema(meta.schema().next(changed.schema().columns()));
  }

  private static ColumnSchema without(String table, ColumnSchema column) {
    if (column.defaultConstraint().isEmpty()) {
      throw AlterErrors.invalid(
          table, "column " + column.name() + " does not have a default value");
    }
    if (!column.nullable()) {
      throw AlterErrors.invalid(
          table, "column " + column.name() + " is not nullable and `default` cannot be dropped");
    }
    return column.withDefault(Optional.empty());
  }

  /**
   * With other defaults.
   *
   * @throws ServiceException if there is no such column or it does not take the default
   */
  static TableMeta set(String table, TableMeta meta, List<SetDefault> defaults, StoredTexts texts) {
    TableMeta changed = meta;
    for (SetDefault set : defaults) {
      changed =
          ColumnRules.change(
              table,
              changed,
              set.column(),
              column -> checked(column.withDefault(Optional.of(of(column, set.value(), texts)))));
    }
    return changed.withSchema(meta.schema().next(changed.schema().columns()));
  }

  private static ColumnDefault of(ColumnSchema column, NewDefault asked, StoredTexts texts) {
    return switch (asked) {
      case NewDefault.OfFunction(String expression) -> new ColumnDefault.Function(expression);
      case NewDefault.OfLiteral(Literal literal) -> {
        if (column.dataType().plain() instanceof DataType.Json) {
          throw ServiceException.invalidArguments(
              "Column %s: JSON columns cannot have a default value".formatted(column.name()));
        }
        Value value =
            literal
                .in(column.dataType())
                .orElseThrow(
                    () ->
                        ServiceException.invalidArguments(
                            "Column %s of type %s cannot default to %s"
                                .formatted(column.name(), column.dataType(), literal)));
        yield new ColumnDefault.Value(texts.json(value));
      }
    };
  }

  /**
   * The column, if it can have its default.
   *
   * @throws ServiceException (InvalidArguments) if it cannot
   */
  public static ColumnSchema checked(ColumnSchema column) {
    Optional<ColumnDefault> held = column.defaultConstraint();
    if (held.isPresent()) {
      switch (held.get()) {
        case ColumnDefault.Function(String expression) -> checkFunction(column, expression);
        case ColumnDefault.Value value -> checkNull(column, value);
        case ColumnDefault.Foreign(String json) ->
            throw ServiceException.invalidArguments(
                "Column %s: unsupported default %s".formatted(column.name(), json));
      }
    }
    return column;
  }

  private static void checkFunction(ColumnSchema column, String expression) {
    if (!FUNCTIONS.contains(expression)) {
      throw ServiceException.invalidArguments(
          "Column %s: unsupported default expression %s; supported are %s"
              .formatted(column.name(), expression, FUNCTIONS));
    }
    if (!column.dataType().isTimestamp()) {
      throw ServiceException.invalidArguments(
          "Column %s: only a timestamp can default to %s".formatted(column.name(), expression));
    }
  }

  private static void checkNull(ColumnSchema column, ColumnDefault.Value value) {
    if (value.isNull() && !column.nullable()) {
      throw ServiceException.invalidArguments(
          "Column %s is not nullable and cannot default to null".formatted(column.name()));
    }
  }
}
