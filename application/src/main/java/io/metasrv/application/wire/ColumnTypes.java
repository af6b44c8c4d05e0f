package io.metasrv.application.wire;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Maps;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.DataType.IntervalUnit;
import io.metasrv.domain.table.DataType.Kind;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDataTypeExtension;
import io.metasrv.protocol.v1.DictionaryTypeExtension;
import io.metasrv.protocol.v1.JsonNativeTypeExtension;
import io.metasrv.protocol.v1.StructField;
import java.util.Optional;

/** Types of columns on the wire: a number, and for some types an extension (sheet 03 §5.5). */
public final class ColumnTypes {

  private static final DataType.Decimal128 WIDEST_DECIMAL = new DataType.Decimal128(38, 10);

  private ColumnTypes() {}

  /**
   * The type.
   *
   * @throws ServiceException (InvalidArguments) if it is unknown or its extension does not fit
   */
  public static DataType fromWire(ColumnDataType type, ColumnDataTypeExtension extension) {
    return switch (type) {
      case BOOLEAN -> Kind.BOOLEAN.type();
      case INT8 -> Kind.INT8.type();
      case INT16 -> Kind.INT16.type();
      case INT32 -> Kind.INT32.type();
      case INT64 -> Kind.INT64.type();
      case UINT8 -> Kind.UINT8.type();
      case UINT16 -> Kind.UINT16.type();
      case UINT32 -> Kind.UINT32.type();
      case UINT64 -> Kind.UINT64.type();
      case FLOAT32 -> Kind.FLOAT32.type();
      case FLOAT64 -> Kind.FLOAT64.type();
      case BINARY -> extension.hasJsonType() ? jsonb() : DataType.binary();
      case STRING -> DataType.string();
      case DATE -> Kind.DATE.type();
      case TIMESTAMP_SECOND -> new DataType.Timestamp(TimeUnit.SECOND);
      case TIMESTAMP_MILLISECOND -> new DataType.Timestamp(TimeUnit.MILLISECOND);
      case DATETIME, TIMESTAMP_MICROSECOND -> new DataType.Timestamp(TimeUnit.MICROSECOND);
      case TIMESTAMP_NANOSECOND -> new DataType.Timestamp(TimeUnit.NANOSECOND);
      case TIME_SECOND -> new DataType.Time(TimeUnit.SECOND);
      case TIME_MILLISECOND -> new DataType.Time(TimeUnit.MILLISECOND);
      case TIME_MICROSECOND -> new DataType.Time(TimeUnit.MICROSECOND);
      case TIME_NANOSECOND -> new DataType.Time(TimeUnit.NANOSECOND);
      case INTERVAL_YEAR_MONTH -> new DataType.Interval(IntervalUnit.YEAR_MONTH);
      case INTERVAL_DAY_TIME -> new DataType.Interval(IntervalUnit.DAY_TIME);
      case INTERVAL_MONTH_DAY_NANO -> new DataType.Interval(IntervalUnit.MONTH_DAY_NANO);
      case DECIMAL128 -> decimal(extension);
      case JSON -> extension.hasJsonNativeType() ? nativeJson(extension) : jsonb();
      case VECTOR -> vector(extension);
      case LIST -> list(extension);
      case STRUCT -> struct(extension);
      case DICTIONARY -> dictionary(extension.getDictionaryType());
      case UNRECOGNIZED -> throw ServiceException.invalidArguments("Unknown column data type");
    };
  }

  private static DataType jsonb() {
    return new DataType.Json(Optional.empty());
  }

  private static DataType decimal(ColumnDataTypeExtension extension) {
    return extension.hasDecimalType()
        ? new DataType.Decimal128(
            extension.getDecimalType().getPrecision(), extension.getDecimalType().getScale())
        : WIDEST_DECIMAL;
  }

  private static DataType vector(ColumnDataTypeExtension extension) {
    return new DataType.Vector(Integer.toUnsignedLong(extension.getVectorType().getDim()));
  }

  private static DataType list(ColumnDataTypeExtension extension) {
    return new DataType.ListOf(
        fromWire(
            extension.getListType().getDatatype(), extension.getListType().getDatatypeExtension()));
  }

  private static DataType struct(ColumnDataTypeExtension extension) {
    return new DataType.Struct(
        extension.getStructType().getFieldsList().stream()
            .map(
                field ->
                    new DataType.Field(
                        field.getName(),
                        fromWire(field.getDatatype(), field.getDatatypeExtension()),
                        true,
                        Maps.empty()))
            .toList());
  }

  private static DataType dictionary(DictionaryTypeExtension extension) {
    return new DataType.Dictionary(
        fromWire(extension.getKeyDatatype(), extension.getKeyDatatypeExtension()),
        fromWire(extension.getValueDatatype(), extension.getValueDatatypeExtension()));
  }

  private static DataType nativeJson(ColumnDataTypeExtension extension) {
    JsonNativeTypeExtension of = extension.getJsonNativeType();
    return new DataType.Json(
        Optional.of(
            JsonWriter.text(out -> writeNative(out, of.getDatatype(), of.getDatatypeExtension()))));
  }

  private static void writeNative(
      JsonWriter out, ColumnDataType type, ColumnDataTypeExtension extension) {
    switch (type) {
      case BOOLEAN -> out.value("Bool");
      case INT8, INT16, INT32, INT64 -> writeNumber(out, "I64");
      case UINT8, UINT16, UINT32, UINT64 -> writeNumber(out, "U64");
      case FLOAT32, FLOAT64 -> writeNumber(out, "F64");
      case STRING -> out.value("String");
      case BINARY -> out.value("Variant");
      case LIST -> {
        out.beginObject().name("Array");
        writeNative(
            out,
            extension.getListType().getDatatype(),
            extension.getListType().getDatatypeExtension());
        out.endObject();
      }
      case STRUCT -> {
        out.beginObject().name("Object").beginObject();
        for (StructField field : extension.getStructType().getFieldsList()) {
          out.name(field.getName());
          writeNative(out, field.getDatatype(), field.getDatatypeExtension());
        }
        out.endObject().endObject();
      }
      default ->
          throw ServiceException.invalidArguments("A JSON column cannot be made of type " + type);
    }
  }

  private static void writeNumber(JsonWriter out, String size) {
    out.beginObject().member("Number", size).endObject();
  }
}
