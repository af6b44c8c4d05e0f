package io.metasrv.domain.table.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.DataType.Kind;
import io.metasrv.domain.table.TimeUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeCastsTest {

  private static final DataType TEXT = DataType.string();
  private static final DataType BYTES = DataType.binary();
  private static final DataType INT = Kind.INT32.type();
  private static final DataType LONG = Kind.INT64.type();
  private static final DataType DOUBLE = Kind.FLOAT64.type();
  private static final DataType BOOL = Kind.BOOLEAN.type();
  private static final DataType DATE = Kind.DATE.type();
  private static final DataType MILLIS = new DataType.Timestamp(TimeUnit.MILLISECOND);
  private static final DataType SECONDS = new DataType.Timestamp(TimeUnit.SECOND);
  private static final DataType TIME = new DataType.Time(TimeUnit.SECOND);
  private static final DataType DECIMAL = new DataType.Decimal128(10, 2);
  private static final DataType JSON = new DataType.Json(Optional.empty());

  @Test
  void whatArrowCastsMayBeModified() {
    for (List<? extends DataType> pair :
        List.of(
            List.of(INT, LONG),
            List.of(DOUBLE, INT),
            List.of(INT, TEXT),
            List.of(TEXT, INT),
            List.of(TEXT, MILLIS),
            List.of(MILLIS, TEXT),
            List.of(MILLIS, SECONDS),
            List.of(MILLIS, DATE),
            List.of(DATE, MILLIS),
            List.of(DATE, INT),
            List.of(LONG, MILLIS),
            List.of(BOOL, INT),
            List.of(TEXT, BYTES),
            List.of(BYTES, TEXT),
            List.of(INT, BYTES),
            List.of(INT, DECIMAL),
            List.of(DECIMAL, DOUBLE),
            List.of(TIME, LONG),
            List.of(INT, new DataType.ListOf(LONG)),
            List.of(new DataType.ListOf(INT), new DataType.ListOf(LONG)),
            List.of(new DataType.Dictionary(INT, TEXT), TEXT),
            List.of(JSON, JSON))) {
      assertThat(TypeCasts.canCast(pair.getFirst(), pair.get(1))).describedAs("%s", pair).isTrue();
    }
  }

  @Test
  void whatArrowDoesNotCastMayNot() {
    for (List<? extends DataType> pair :
        List.of(
            List.of(DOUBLE, DATE),
            List.of(DOUBLE, BYTES),
            List.of(BOOL, MILLIS),
            List.of(BOOL, BYTES),
            List.of(BYTES, INT),
            List.of(DECIMAL, BOOL),
            List.of(DATE, TIME),
            List.of(MILLIS, BOOL),
            List.of(JSON, TEXT),
            List.of(new DataType.Struct(List.of()), TEXT),
            List.of(new DataType.ListOf(BYTES), new DataType.ListOf(INT)))) {
      assertThat(TypeCasts.canCast(pair.getFirst(), pair.get(1))).describedAs("%s", pair).isFalse();
    }
  }

  @Test
  void typesOfNewerVersionsAreLeftToDatanodes() {
    DataType foreign = new DataType.Foreign("Float16", "{\"Float16\":{}}");

    assertThat(TypeCasts.canCast(INT, foreign)).isTrue();
    assertThat(TypeCasts.canCast(foreign, TEXT)).isTrue();
  }
}
