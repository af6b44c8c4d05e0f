package io.metasrv.nodes.region;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDataTypeExtension;
import io.metasrv.protocol.v1.StructField;

/** Column types of the wire as the JSON that stored metadata use (sheet 03 §5.5). */
final class ColumnTypes {

  private ColumnTypes() {}

  /**
   * @throws ServiceException for a type that this double cannot express
   */
  static String toJson(ColumnDataType type, ColumnDataTypeExtension extension) {
    return switch (type) {
      case BOOLEAN -> "{\"Boolean\":null}";
      case INT8 -> simple("Int8");
      case INT16 -> simple("Int16");
      case INT32 -> simple("Int32");
      case INT64 -> simple("Int64");
      case UINT8 -> simple("UInt8");
      case UINT16 -> simple("UInt16");
      case UINT32 -> simple("UInt32");
      case UINT64 -> simple("UInt64");
      case FLOAT32 -> simple("Float32");
      case FLOAT64 -> simple("Float64");
      case BINARY -> extension.hasJsonType() ? jsonb() : "{\"Binary\":{\"repr_type\":\"Binary\"}}";
      case STRING -> "{\"String\":{\"size_type\":\"Utf8\"}}";
      case DATE -> "{\"Date\":null}";
      case DATETIME, TIMESTAMP_MICROSECOND -> unit("Timestamp", "Microsecond");
      case TIMESTAMP_SECOND -> unit("Timestamp", "Second");
      case TIMESTAMP_MILLISECOND -> unit("Timestamp", "Millisecond");
      case TIMESTAMP_NANOSECOND -> unit("Timestamp", "Nanosecond");
      case TIME_SECOND -> unit("Time", "Second");
      case TIME_MILLISECOND -> unit("Time", "Millisecond");
      case TIME_MICROSECOND -> unit("Time", "Microsecond");
      case TIME_NANOSECOND -> unit("Time", "Nanosecond");
      case INTERVAL_YEAR_MONTH -> unit("Interval", "YearMonth");
      case INTERVAL_DAY_TIME -> unit("Interval", "DayTime");
      case INTERVAL_MONTH_DAY_NANO -> unit("Interval", "MonthDayNano");
      case DECIMAL128 -> decimal(extension);
      case JSON -> json(extension);
      case VECTOR -> "{\"Vector\":{\"dim\":" + extension.getVectorType().getDim() + "}}";
      case LIST ->
          "{\"List\":{\"item_type\":"
              + toJson(
                  extension.getListType().getDatatype(),
                  extension.getListType().getDatatypeExtension())
              + "}}";
      case STRUCT -> struct(extension);
      case DICTIONARY -> dictionary(extension);
      case UNRECOGNIZED -> throw ServiceException.invalidArguments("unknown column data type");
    };
  }

  private static String simple(String name) {
    return "{\"" + name + "\":{}}";
  }

  private static String unit(String family, String unit) {
    return "{\"" + family + "\":{\"" + unit + "\":null}}";
  }

  private static String jsonb() {
    return "{\"Json\":{\"format\":\"Jsonb\"}}";
  }

  private static String json(ColumnDataTypeExtension extension) {
    if (extension.hasJsonNativeType()) {
      throw ServiceException.unsupported(
          "This datanode double knows JSON columns in binary form only, not native JSON columns");
    }
    return jsonb();
  }

  private static String decimal(ColumnDataTypeExtension extension) {
    return "{\"Decimal128\":{\"precision\":"
        + extension.getDecimalType().getPrecision()
        + ",\"scale\":"
        + extension.getDecimalType().getScale()
        + "}}";
  }

  private static String struct(ColumnDataTypeExtension extension) {
    io.metasrv.nodes.json.JsonText json = new io.metasrv.nodes.json.JsonText();
    json.startObject().name("Struct").startObject().name("fields").startArray();
    for (StructField field : extension.getStructType().getFieldsList()) {
      json.startObject().name("name").string(field.getName());
      json.name("data_type").raw(toJson(field.getDatatype(), field.getDatatypeExtension()));
      json.name("nullable").bool(true).name("metadata").startObject().endObject().endObject();
    }
    return json.endArray().endObject().endObject().toString();
  }

  private static String dictionary(ColumnDataTypeExtension extension) {
    var type = extension.getDictionaryType();
    return "{\"Dictionary\":{\"key_type\":"
        + toJson(type.getKeyDatatype(), type.getKeyDatatypeExtension())
        + ",\"value_type\":"
        + toJson(type.getValueDatatype(), type.getValueDatatypeExtension())
        + "}}";
  }
}
