package io.metasrv.application.ddl.alter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.ColumnSchemaCodec;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.DataType.Kind;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.protocol.v1.ColumnDataType;
import org.junit.jupiter.api.Test;

/** Defaults as the SQL parser writes them, as columns store them, and cast to other types. */
class DefaultsTest {

  private static final DataType DOUBLE = Kind.FLOAT64.type();
  private static final DataType INT = Kind.INT32.type();
  private static final DataType MILLIS = new DataType.Timestamp(TimeUnit.MILLISECOND);
  private static final String NOW =
      "{\"Function\":{\"name\":[{\"Identifier\":{\"value\":\"NOW\",\"quote_style\":null}}],"
          + "\"args\":{\"List\":{\"duplicate_treatment\":null,\"args\":[],\"clauses\":[]}}}}";
  private static final String CURRENT_TIMESTAMP =
      "{\"Function\":{\"name\":[{\"Identifier\":{\"value\":\"CURRENT_TIMESTAMP\"}}],"
          + "\"args\":\"None\"}}";
  private static final String MINUS =
      "{\"UnaryOp\":{\"op\":\"Minus\",\"expr\":{\"Value\":{\"value\":{\"Number\":[\"1.5\",false]},"
          + "\"span\":{}}}}}";

  @Test
  void case24_negativeNumberAndFunction() {
    assertThat(set(DOUBLE, MINUS)).isEqualTo("{\"Value\":{\"Float64\":-1.5}}");
    assertRefused(INT, NOW);
  }

  @Test
  void whenConstantsFitTheColumnThenTheyAreStoredInItsType() {
    assertThat(set(INT, number("42"))).isEqualTo("{\"Value\":{\"Int32\":42}}");
    assertThat(set(Kind.UINT64.type(), number("18446744073709551615")))
        .isEqualTo("{\"Value\":{\"UInt64\":18446744073709551615}}");
    assertThat(set(Kind.FLOAT32.type(), number("0.1"))).isEqualTo("{\"Value\":{\"Float32\":0.1}}");
    assertThat(set(Kind.BOOLEAN.type(), number("1"))).isEqualTo("{\"Value\":{\"Boolean\":true}}");
    assertThat(set(MILLIS, number("1700000000123")))
        .isEqualTo(
            "{\"Value\":{\"Timestamp\":{\"value\":1700000000123,\"unit\":\"Millisecond\"}}}");
    assertThat(set(new DataType.Decimal128(10, 3), number("1.5")))
        .isEqualTo("{\"Value\":{\"Decimal128\":{\"value\":1500,\"precision\":10,\"scale\":3}}}");
    assertThat(set(DataType.string(), text("hello")))
        .isEqualTo("{\"Value\":{\"String\":\"hello\"}}");
    assertThat(set(DataType.binary(), text("ab"))).isEqualTo("{\"Value\":{\"Binary\":[97,98]}}");
    assertThat(set(Kind.DATE.type(), text("1970-01-11"))).isEqualTo("{\"Value\":{\"Date\":10}}");
    assertThat(set(MILLIS, text("1970-01-01 00:00:01.5+01:00")))
        .isEqualTo("{\"Value\":{\"Timestamp\":{\"value\":-3598500,\"unit\":\"Millisecond\"}}}");
    assertThat(set(Kind.BOOLEAN.type(), "{\"Value\":{\"value\":{\"Boolean\":true}}}"))
        .isEqualTo("{\"Value\":{\"Boolean\":true}}");
    assertThat(set(INT, "{\"Value\":{\"value\":\"Null\",\"span\":{}}}"))
        .isEqualTo("{\"Value\":\"Null\"}");
    assertThat(set(MILLIS, NOW)).isEqualTo("{\"Function\":\"now()\"}");
    assertThat(set(MILLIS, CURRENT_TIMESTAMP)).isEqualTo("{\"Function\":\"current_timestamp()\"}");
  }

  @Test
  void whenADefaultDoesNotFitThenItIsRefused() {
    assertRefused(Kind.INT8.type(), number("128"));
    assertRefused(INT, number("1.5"));
    assertRefused(Kind.UINT8.type(), MINUS);
    assertRefused(INT, "{\"Value\":{\"value\":{\"Boolean\":true}}}");
    assertRefused(MILLIS, text("yesterday"));
    assertRefused(new DataType.Decimal128(3, 1), number("123.45"));
    assertRefused(new DataType.Json(java.util.Optional.empty()), text("{}"));
    assertRefused(INT, "{\"Nested\":{}}");
    assertRefused(INT, "not json");
  }

  @Test
  void whenTheTypeIsModifiedThenAConstantIsCastAndAFunctionStays() {
    assertThat(cast(DOUBLE, number("0"), ColumnDataType.STRING))
        .isEqualTo("{\"Value\":{\"String\":\"0\"}}");
    assertThat(cast(DataType.string(), text("12"), ColumnDataType.INT64))
        .isEqualTo("{\"Value\":{\"Int64\":12}}");
    assertThat(cast(INT, number("7"), ColumnDataType.FLOAT64))
        .isEqualTo("{\"Value\":{\"Float64\":7.0}}");
    assertThat(cast(INT, number("7"), ColumnDataType.BOOLEAN))
        .isEqualTo("{\"Value\":{\"Boolean\":true}}");
    assertThat(cast(MILLIS, number("1500"), ColumnDataType.TIMESTAMP_SECOND))
        .isEqualTo("{\"Value\":{\"Timestamp\":{\"value\":1,\"unit\":\"Second\"}}}");
    assertThat(cast(MILLIS, number("1500"), ColumnDataType.STRING))
        .isEqualTo("{\"Value\":{\"String\":\"1970-01-01 00:00:01.500+0000\"}}");
    assertThat(cast(MILLIS, NOW, ColumnDataType.TIMESTAMP_NANOSECOND))
        .isEqualTo("{\"Function\":\"now()\"}");
    assertThatThrownBy(() -> cast(DataType.string(), text("x"), ColumnDataType.INT64))
        .isInstanceOf(MetasrvException.class)
        .hasMessageContaining("cannot be cast");
  }

  private static String set(DataType type, String expression) {
    return stored(Tables.alter(Tables.with("c", type), Requests.setDefault("c", expression)));
  }

  private static String cast(DataType type, String expression, ColumnDataType target) {
    TableInfo info = Tables.alter(Tables.with("c", type), Requests.setDefault("c", expression));
    return stored(Tables.alter(info, Requests.modify("c", target)));
  }

  private static String stored(TableInfo info) {
    return JsonWriter.text(
        out ->
            ColumnSchemaCodec.writeDefault(
                out,
                info.meta().schema().column("c").orElseThrow().defaultConstraint().orElseThrow()));
  }

  private static void assertRefused(DataType type, String expression) {
    assertThatThrownBy(() -> set(type, expression))
        .isInstanceOf(MetasrvException.class)
        .satisfies(
            e -> assertThat(((MetasrvException) e).code()).isEqualTo(StatusCode.INVALID_ARGUMENTS));
  }

  private static String number(String digits) {
    return "{\"Value\":{\"value\":{\"Number\":[\"" + digits + "\",false]},\"span\":{}}}";
  }

  private static String text(String text) {
    return "{\"Value\":{\"value\":{\"SingleQuotedString\":\"" + text + "\"},\"span\":{}}}";
  }
}
