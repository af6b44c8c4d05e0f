package io.metasrv.application.catalogue;

import io.metasrv.domain.table.DataType;
import java.util.stream.Collectors;

/** Types of columns as SQL users know them from {@code information_schema}. */
final class TypeText {

  private TypeText() {}

  static String of(DataType type) {
    return switch (type) {
      case DataType.Simple(DataType.Kind kind) -> kind.text();
      case DataType.Text(DataType.StringSize ignored) -> "String";
      case DataType.Binary(DataType.BinaryForm ignored) -> "Binary";
      case DataType.Timestamp(var unit) -> "Timestamp" + unit.text();
      case DataType.Time(var unit) -> "Time" + unit.text();
      case DataType.Duration(var unit) -> "Duration" + unit.text();
      case DataType.Interval(var unit) -> "Interval" + unit.text();
      case DataType.Decimal128(int precision, int scale) ->
          "Decimal(%d, %d)".formatted(precision, scale);
      case DataType.ListOf(DataType item) -> "List<" + of(item) + ">";
      case DataType.Dictionary(DataType key, DataType value) ->
          "Dictionary<" + of(key) + ", " + of(value) + ">";
      case DataType.Struct(var fields) ->
          fields.stream()
              .map(field -> field.name() + ": " + of(field.type()))
              .collect(Collectors.joining(", ", "Struct<", ">"));
      case DataType.Json(var ignored) -> "Json";
      case DataType.Vector(long dimension) -> "Vector(" + dimension + ")";
      case DataType.Foreign(String name, String ignored) -> name;
      case DataType.Extended(DataType known, String ignored) -> of(known);
    };
  }
}
