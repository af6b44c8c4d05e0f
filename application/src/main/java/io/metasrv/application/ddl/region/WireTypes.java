package io.metasrv.application.ddl.region;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDataTypeExtension;
import io.metasrv.protocol.v1.DecimalTypeExtension;
import io.metasrv.protocol.v1.DictionaryTypeExtension;
import io.metasrv.protocol.v1.JsonTypeExtension;
import io.metasrv.protocol.v1.ListTypeExtension;
import io.metasrv.protocol.v1.StructField;
import io.metasrv.protocol.v1.StructTypeExtension;
import io.metasrv.protocol.v1.VectorTypeExtension;
import java.util.Optional;

/** Types of columns as the wire has them. */
public final class WireTypes {

  private WireTypes() {}

  /**
   * A type on the wire.
   *
   * @param extension what the type alone does not say
   */
  public record Wire(ColumnDataType type, Optional<ColumnDataTypeExtension> extension) {

    static Wire plain(ColumnDataType type) {
      return new Wire(type, Optional.empty());
    }

    static Wire of(ColumnDataType type, ColumnDataTypeExtension.Builder extension) {
      return new Wire(type, Optional.of(extension.build()));
    }
  }

  /**
   * The wire's form of a type.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unsupported) if it has none
   */
  public static Wire of(DataType type) {
    return switch (type.plain()) {
      case DataType.Simple(DataType.Kind kind) -> Wire.plain(simple(kind));
      case DataType.Text ignored -> Wire.plain(ColumnDataType.STRING);
      case DataType.Binary ignored -> Wire.plain(ColumnDataType.BINARY);
      case DataType.Timestamp(TimeUnit unit) -> Wire.plain(timestamp(unit));
      case DataType.Time(TimeUnit unit) -> Wire.plain(time(unit));
      case DataType.Interval(DataType.IntervalUnit unit) -> Wire.plain(interval(unit));
      case DataType.Decimal128 decimal -> decimal(decimal);
      case DataType.Vector(long dimension) -> vector(dimension);
      case DataType.Json json -> json(json);
      case DataType.ListOf(DataType item) -> list(item);
      case DataType.Dictionary dictionary -> dictionary(dictionary);
      case DataType.Struct struct -> struct(struct);
      case DataType.Duration ignored -> throw unsupported("Duration");
      case DataType.Foreign(String name, String ignored) -> throw unsupported(name);
      case DataType.Extended(DataType known, String ignored) -> of(known);
    };
  }

  private static ColumnDataType simple(DataType.Kind kind) {
    return switch (kind) {
      case NULL -> throw unsupported("Null");
      case BOOLEAN -> ColumnDataType.BOOLEAN;
      case DATE -> ColumnDataType.DATE;
      case INT8 -> ColumnDataType.INT8;
      case INT16 -> ColumnDataType.INT16;
      case INT32 -> ColumnDataType.INT32;
      case INT64 -> ColumnDataType.INT64;
      case UINT8 -> ColumnDataType.UINT8;
      case UINT16 -> ColumnDataType.UINT16;
      case UINT32 -> ColumnDataType.UINT32;
      case UINT64 -> ColumnDataType.UINT64;
      case FLOAT32 -> ColumnDataType.FLOAT32;
      case FLOAT64 -> ColumnDataType.FLOAT64;
    };
  }

  private static ColumnDataType timestamp(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> ColumnDataType.TIMESTAMP_SECOND;
      case MILLISECOND -> ColumnDataType.TIMESTAMP_MILLISECOND;
      case MICROSECOND -> ColumnDataType.TIMESTAMP_MICROSECOND;
      case NANOSECOND -> ColumnDataType.TIMESTAMP_NANOSECOND;
    };
  }

  private static ColumnDataType time(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> ColumnDataType.TIME_SECOND;
      case MILLISECOND -> ColumnDataType.TIME_MILLISECOND;
      case MICROSECOND -> ColumnDataType.TIME_MICROSECOND;
      case NANOSECOND -> ColumnDataType.TIME_NANOSECOND;
    };
  }

  private static ColumnDataType interval(DataType.IntervalUnit unit) {
    return switch (unit) {
      case YEAR_MONTH -> ColumnDataType.INTERVAL_YEAR_MONTH;
      case DAY_TIME -> ColumnDataType.INTERVAL_DAY_TIME;
      case MONTH_DAY_NANO -> ColumnDataType.INTERVAL_MONTH_DAY_NANO;
    };
  }

  private static Wire decimal(DataType.Decimal128 decimal) {
    return Wire.of(
        ColumnDataType.DECIMAL128,
        ColumnDataTypeExtension.newBuilder()
            .setDecimalType(
                DecimalTypeExtension.newBuilder()
                    .setPrecision(decimal.precision())
                    .setScale(decimal.scale())));
  }

  private static Wire vector(long dimension) {
    return Wire.of(
        ColumnDataType.VECTOR,
        ColumnDataTypeExtension.newBuilder()
            .setVectorType(VectorTypeExtension.newBuilder().setDim((int) dimension)));
  }

  private static Wire json(DataType.Json json) {
    if (json.nativeType().isPresent()) {
      throw unsupported("Json2");
    }
    return Wire.of(
        ColumnDataType.JSON,
        ColumnDataTypeExtension.newBuilder().setJsonType(JsonTypeExtension.JSON_BINARY));
  }

  private static Wire list(DataType item) {
    Wire wire = of(item);
    ListTypeExtension.Builder list = ListTypeExtension.newBuilder().setDatatype(wire.type());
    wire.extension().ifPresent(list::setDatatypeExtension);
    return Wire.of(ColumnDataType.LIST, ColumnDataTypeExtension.newBuilder().setListType(list));
  }

  private static Wire dictionary(DataType.Dictionary type) {
    Wire key = of(type.key());
    Wire value = of(type.value());
    DictionaryTypeExtension.Builder dictionary =
        DictionaryTypeExtension.newBuilder()
            .setKeyDatatype(key.type())
            .setValueDatatype(value.type());
    key.extension().ifPresent(dictionary::setKeyDatatypeExtension);
    value.extension().ifPresent(dictionary::setValueDatatypeExtension);
    return Wire.of(
        ColumnDataType.DICTIONARY,
        ColumnDataTypeExtension.newBuilder().setDictionaryType(dictionary));
  }

  private static Wire struct(DataType.Struct type) {
    StructTypeExtension.Builder struct = StructTypeExtension.newBuilder();
    for (DataType.Field field : type.fields()) {
      Wire wire = of(field.type());
      StructField.Builder each =
          StructField.newBuilder().setName(field.name()).setDatatype(wire.type());
      wire.extension().ifPresent(each::setDatatypeExtension);
      struct.addFields(each);
    }
    return Wire.of(
        ColumnDataType.STRUCT, ColumnDataTypeExtension.newBuilder().setStructType(struct));
  }

  private static RuntimeException unsupported(String name) {
    return DdlErrors.unsupported("to send the column type " + name + " to datanodes");
  }
}
