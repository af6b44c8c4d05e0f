package io.metasrv.application.ddl.alter;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.alter.TableAlteration.NewDefault;
import io.metasrv.domain.table.value.Literal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Defaults as the expression tree of the SQL parser, JSON (sheet 06 §10.2). */
final class DefaultExpressions {

  private static final String CURRENT_TIMESTAMP = "current_timestamp";

  private DefaultExpressions() {}

  /**
   * Reads an expression.
   *
   * @throws ServiceException (InvalidArguments) if it is none, or more than a constant or a call
   *     without arguments
   */
  static NewDefault read(String column, String json) {
    try {
      return expression(column, JsonReader.read(json));
    } catch (JsonFormatException e) {
      throw ServiceException.invalidArguments(
          "Invalid default of column %s: %s".formatted(column, e.getMessage()));
    }
  }

  private static NewDefault expression(String column, JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    return switch (tagged.getKey()) {
      case "Value" -> new NewDefault.OfLiteral(literal(column, tagged.getValue()));
      case "UnaryOp" -> new NewDefault.OfLiteral(signed(column, tagged.getValue().asObject()));
      case "Function" -> function(column, tagged.getValue().asObject());
      default -> throw unsupported(column, tagged.getKey());
    };
  }

  private static Literal literal(String column, JsonValue json) {
    JsonValue value = json.asObject().require("value");
    if (value.equals(new JsonValue.Text("Null"))) {
      return new Literal.Null();
    }
    Map.Entry<String, JsonValue> tagged = value.asObject().only();
    return switch (tagged.getKey()) {
      case "Number" -> new Literal.Number(digits(tagged.getValue().asArray()));
      case "Boolean" -> new Literal.Bool(tagged.getValue().asBool());
      case "SingleQuotedString", "DoubleQuotedString" ->
          new Literal.Text(tagged.getValue().asText());
      default -> throw unsupported(column, tagged.getKey());
    };
  }

  private static String digits(List<JsonValue> number) {
    if (number.isEmpty()) {
      throw new JsonFormatException("expected a number and a flag");
    }
    return number.getFirst().asText();
  }

  private static Literal signed(String column, JsonValue.Object operation) {
    Map.Entry<String, JsonValue> operand = operation.require("expr").asObject().only();
    String operator = operation.text("op");
    if (operand.getKey().equals("Value")
        && literal(column, operand.getValue()) instanceof Literal.Number(String digits)) {
      switch (operator) {
        case "Minus" -> {
          return new Literal.Number("-" + digits);
        }
        case "Plus" -> {
          return new Literal.Number(digits);
        }
        default -> throw unsupported(column, operator);
      }
    }
    throw unsupported(column, operator + " " + operand.getKey());
  }

  private static NewDefault function(String column, JsonValue.Object call) {
    String name =
        call.require("name").asArray().stream()
            .map(part -> part.asObject().require("Identifier").asObject().text("value"))
            .collect(Collectors.joining("."))
            .toLowerCase(Locale.ROOT);
    if (hasArguments(call.require("args"))) {
      throw unsupported(column, name + " with arguments");
    }
    boolean parentheses =
        !call.require("args").equals(new JsonValue.Text("None")) || name.equals(CURRENT_TIMESTAMP);
    return new NewDefault.OfFunction(parentheses ? name + "()" : name);
  }

  private static boolean hasArguments(JsonValue arguments) {
    if (arguments instanceof JsonValue.Text(String none)) {
      return !none.equals("None");
    }
    Map.Entry<String, JsonValue> tagged = arguments.asObject().only();
    return !tagged.getKey().equals("List")
        || !tagged.getValue().asObject().require("args").asArray().isEmpty();
  }

  private static ServiceException unsupported(String column, String what) {
    return ServiceException.invalidArguments(
        "Unsupported default of column %s: %s; supported are constants and now()"
            .formatted(column, what));
  }
}
