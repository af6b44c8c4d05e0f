package io.metasrv.nodes.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON value as read. Immutable as long as nobody writes into the collections handed over. */
public sealed interface JsonValue {

  /** A string. */
  record Text(String value) implements JsonValue {}

  /**
   * A number as written, because region ids need all 64 bits unsigned.
   *
   * @param literal the digits as they stood in the text
   */
  record Number(String literal) implements JsonValue {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Null() implements JsonValue {}

  /** An array. */
  record Array(List<JsonValue> items) implements JsonValue {}

  /** An object; members in the order of the text, the last of equal names wins. */
  record Members(Map<String, JsonValue> byName) implements JsonValue {}

  /**
   * Parses one JSON value.
   *
   * @throws JsonFormatException if the text is not exactly one JSON value
   */
  static JsonValue parse(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      JsonValue value = read(parser);
      if (parser.nextToken() != null) {
        throw new JsonFormatException("text continues after the JSON value");
      }
      return value;
    } catch (JacksonException broken) {
      throw new JsonFormatException("not JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  private static JsonValue read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonFormatException("the text is empty");
    }
    return switch (token) {
      case START_OBJECT -> readMembers(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> new Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getString());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> new Null();
      default -> throw new JsonFormatException("unexpected " + token);
    };
  }

  private static JsonValue readMembers(JsonParser parser) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, read(parser));
    }
    return new Members(members);
  }

  private static JsonValue readArray(JsonParser parser) {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return new Array(items);
  }
}
