package io.metasrv.application.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.region.WireTypes;
import io.metasrv.domain.Maps;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.DataType.Kind;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDataTypeExtension;
import io.metasrv.protocol.v1.JsonNativeTypeExtension;
import io.metasrv.protocol.v1.JsonTypeExtension;
import io.metasrv.protocol.v1.StructField;
import io.metasrv.protocol.v1.StructTypeExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnTypesTest {

  private static final ColumnDataTypeExtension NONE = ColumnDataTypeExtension.getDefaultInstance();

  private static List<DataType> types() {
    List<DataType> types = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.NULL) {
        types.add(kind.type());
      }
    }
    for (TimeUnit unit : TimeUnit.values()) {
      types.add(new DataType.Timestamp(unit));
      types.add(new DataType.Time(unit));
    }
    for (DataType.IntervalUnit unit : DataType.IntervalUnit.values()) {
      types.add(new DataType.Interval(unit));
    }
    types.add(DataType.string());
    types.add(DataType.binary());
    types.add(new DataType.Decimal128(12, 3));
    types.add(new DataType.Vector(3));
    types.add(new DataType.Json(Optional.empty()));
    types.add(new DataType.ListOf(new DataType.Decimal128(5, 1)));
    types.add(new DataType.Dictionary(Kind.UINT32.type(), DataType.string()));
    types.add(
        new DataType.Struct(
            List.of(new DataType.Field("f", Kind.INT8.type(), true, Maps.empty()))));
    return types;
  }

  @Test
  void whatIsWrittenToTheWireIsReadBack() {
    assertThat(types())
        .allSatisfy(
            type -> {
              WireTypes.Wire wire = WireTypes.of(type);
              assertThat(ColumnTypes.fromWire(wire.type(), wire.extension().orElse(NONE)))
                  .isEqualTo(type);
            });
  }

  @Test
  void everyNumberOfTheProtocolHasAType() {
    for (ColumnDataType type : ColumnDataType.values()) {
      if (type == ColumnDataType.UNRECOGNIZED) {
        assertThatThrownBy(() -> ColumnTypes.fromWire(type, NONE))
            .isInstanceOf(MetasrvException.class);
      } else {
        assertThat(ColumnTypes.fromWire(type, NONE)).isNotNull();
      }
    }
    assertThat(ColumnTypes.fromWire(ColumnDataType.DECIMAL128, NONE))
        .isEqualTo(new DataType.Decimal128(38, 10));
  }

  @Test
  void jsonComesInTwoFormats() {
    ColumnDataTypeExtension binary =
        ColumnDataTypeExtension.newBuilder().setJsonType(JsonTypeExtension.JSON_BINARY).build();
    assertThat(ColumnTypes.fromWire(ColumnDataType.BINARY, binary))
        .isEqualTo(new DataType.Json(Optional.empty()));

    ColumnDataTypeExtension document =
        ColumnDataTypeExtension.newBuilder()
            .setJsonNativeType(
                JsonNativeTypeExtension.newBuilder()
                    .setDatatype(ColumnDataType.STRUCT)
                    .setDatatypeExtension(
                        ColumnDataTypeExtension.newBuilder()
                            .setStructType(
                                StructTypeExtension.newBuilder()
                                    .addFields(
                                        StructField.newBuilder()
                                            .setName("n")
                                            .setDatatype(ColumnDataType.INT64)))))
            .build();
    assertThat(ColumnTypes.fromWire(ColumnDataType.JSON, document))
        .isEqualTo(new DataType.Json(Optional.of("{\"Object\":{\"n\":{\"Number\":\"I64\"}}}")));
  }
}
