package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import java.util.Map;

/** Partition expressions as people write them (sheet 03 §5.6). */
final class PartitionText {

  private static final Map<String, String> OPERATORS =
      Map.of(
          "Eq", "=", "NotEq", "<>", "Lt", "<", "LtEq", "<=", "Gt", ">", "GtEq", ">=", "And", "AND",
          "Or", "OR");

  private PartitionText() {}

  /** {@code host < 'm'}; what is none is given back as it is. */
  static String of(String stored) {
    if (stored.isEmpty()) {
      return "";
    }
    try {
      Map.Entry<String, JsonValue> bound = JsonReader.read(stored).asObject().only();
      return bound.getKey().equals("Expr") ? expression(bound.getValue().asObject()) : stored;
    } catch (JsonFormatException opaque) {
      return stored;
    }
  }

  private static String expression(JsonValue.Object expression) {
    String operator = expression.text("op");
    return operand(expression.require("lhs"))
        + " "
        + OPERATORS.getOrDefault(operator, operator)
        + " "
        + operand(expression.require("rhs"));
  }

  private static String operand(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    return switch (tagged.getKey()) {
      case "Column" -> tagged.getValue().asText();
      case "Value" -> value(tagged.getValue());
      case "Expr" -> nested(tagged.getValue().asObject());
      default -> text(json);
    };
  }

  private static String nested(JsonValue.Object expression) {
    boolean joins = expression.text("op").equals("And") || expression.text("op").equals("Or");
    return joins ? "(" + expression(expression) + ")" : expression(expression);
  }

  private static String value(JsonValue json) {
    if (json instanceof JsonValue.Text(String word)) {
      return word;
    }
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    return switch (tagged.getValue()) {
      case JsonValue.Text(String text) -> "'" + text.replace("'", "''") + "'";
      case JsonValue.Number(String digits) -> digits;
      case JsonValue.Bool(boolean bool) -> Boolean.toString(bool);
      default -> text(json);
    };
  }

  private static String text(JsonValue json) {
    return JsonWriter.text(out -> out.value(json));
  }
}
