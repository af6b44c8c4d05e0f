package io.metasrv.application.ddl.alter;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.domain.table.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Values of columns as JSON, externally tagged (sheet 03 §5.6). */
final class ColumnValues {

  private static final String NULL = "Null";
  private static final String VALUE = "value";
  private static final String UNIT = "unit";

  private ColumnValues() {}

  /** Reads a value; what is not understood is opaque. */
  static Value read(JsonValue json) {
    if (json.equals(new JsonValue.Text(NULL))) {
      return new Value.Null();
    }
    try {
      Map.Entry<String, JsonValue> tagged = json.asObject().only();
      return read(tagged.getKey(), tagged.getValue(), json);
    } catch (JsonFormatException | NumberFormatException unusual) {
      return opaque(json);
    }
  }

  private static Value opaque(JsonValue json) {
    return new Value.Opaque(JsonWriter.text(out -> out.value(json)));
  }

  private static Value read(String tag, JsonValue body, JsonValue whole) {
    return switch (tag) {
      case "Boolean" -> new Value.Bool(body.asBool());
      case "String" -> new Value.Text(body.asText());
      case "Binary" -> blob(body.asArray());
      case "Date" -> new Value.Date(body.asInt());
      case "Timestamp" -> new Value.Timestamp(body.asObject().number(VALUE), unit(body));
      case "Time" -> new Value.Time(body.asObject().number(VALUE), unit(body));
      case "Duration" -> new Value.Duration(body.asObject().number(VALUE), unit(body));
      case "Decimal128" -> decimal(body.asObject());
      default -> number(tag, body, whole);
    };
  }

  private static Value number(String tag, JsonValue body, JsonValue whole) {
    for (DataType.Kind kind : DataType.Kind.values()) {
      if (kind.isNumeric() && kind.text().equals(tag)) {
        return switch (kind) {
          case FLOAT32, FLOAT64 -> new Value.Real(kind, body.asDouble());
          default -> new Value.Whole(kind, integer(body));
        };
      }
    }
    return opaque(whole);
  }

  private static BigInteger integer(JsonValue json) {
    if (json instanceof JsonValue.Number(String digits)) {
      return new BigInteger(digits);
    }
    throw new JsonFormatException("expected a number");
  }

  private static Value blob(List<JsonValue> bytes) {
    return new Value.Blob(Bytes.of(bytes.stream().mapToInt(JsonValue::asInt).toArray()));
  }

  private static Value decimal(JsonValue.Object body) {
    return new Value.Decimal(
        integer(body.require(VALUE)),
        body.require("precision").asInt(),
        body.require("scale").asInt());
  }

  private static TimeUnit unit(JsonValue body) {
    String text = body.asObject().text(UNIT);
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.text().equals(text)) {
        return unit;
      }
    }
    throw new JsonFormatException("unknown unit `" + text + "`");
  }

  /** Writes a value. */
  static void write(JsonWriter out, Value value) {
    switch (value) {
      case Value.Null ignored -> out.value(NULL);
      case Value.Opaque(String json) -> out.raw(json);
      default -> out.object(() -> writeTagged(out, value));
    }
  }

  private static void writeTagged(JsonWriter out, Value value) {
    switch (value) {
      case Value.Bool(boolean truth) -> out.member("Boolean", truth);
      case Value.Whole(DataType.Kind kind, BigInteger number) ->
          out.name(kind.text()).raw(number.toString());
      case Value.Real(DataType.Kind kind, double number) ->
          out.member(kind.text(), real(kind, number));
      case Value.Text(String text) -> out.member("String", text);
      case Value.Blob(Bytes content) -> {
        out.name("Binary").beginArray();
        for (int i = 0; i < content.size(); i++) {
          out.value(content.at(i));
        }
        out.endArray();
      }
      case Value.Date(int days) -> out.member("Date", days);
      case Value.Timestamp(long count, TimeUnit unit) -> writeCount(out, "Timestamp", count, unit);
      case Value.Time(long count, TimeUnit unit) -> writeCount(out, "Time", count, unit);
      case Value.Duration(long count, TimeUnit unit) -> writeCount(out, "Duration", count, unit);
      case Value.Decimal(BigInteger unscaled, int precision, int scale) ->
          out.name("Decimal128")
              .object(
                  () ->
                      out.name(VALUE)
                          .raw(unscaled.toString())
                          .member("precision", precision)
                          .member("scale", scale));
      case Value.Null ignored -> throw new IllegalStateException("not tagged");
      case Value.Opaque ignored -> throw new IllegalStateException("not tagged");
    }
  }

  /** The double whose shortest digits are those of the shorter type's number. */
  private static double real(DataType.Kind kind, double number) {
    return kind == DataType.Kind.FLOAT32
        ? Double.parseDouble(Float.toString((float) number))
        : number;
  }

  private static void writeCount(JsonWriter out, String tag, long count, TimeUnit unit) {
    out.name(tag).object(() -> out.member(VALUE, count).member(UNIT, unit.text()));
  }
}
