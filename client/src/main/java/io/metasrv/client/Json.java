package io.metasrv.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value to be picked apart. A missing member reads as its default where the method has one,
 * else as an error that names it.
 */
final class Json {

  /** A number or a literal as written; text, list, map or null as themselves. */
  private record Literal(String text) {}

  private final String place;
  private final @Nullable Object value;

  private Json(String place, @Nullable Object value) {
    this.place = place;
    this.value = value;
  }

  /**
   * @throws IllegalArgumentException if the text is not JSON
   */
  static Json parse(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new Json("value", read(parser));
    } catch (JacksonException broken) {
      throw new IllegalArgumentException("not JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  private static @Nullable Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
      }
      return members;
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
      return items;
    }
    if (token == JsonToken.VALUE_NULL || token == null) {
      return null;
    }
    return token == JsonToken.VALUE_STRING ? parser.getString() : new Literal(parser.getString());
  }

  boolean has(String name) {
    return value instanceof Map<?, ?> members && members.get(name) != null;
  }

  Json at(String name) {
    if (value instanceof Map<?, ?> members && members.containsKey(name)) {
      return new Json(place + "." + name, members.get(name));
    }
    throw new IllegalArgumentException(place + "." + name + " is missing");
  }

  /** Names and values of an object, in order. */
  Map<String, Json> members() {
    if (!(value instanceof Map<?, ?> members)) {
      throw wrong("an object");
    }
    Map<String, Json> result = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> result.put((String) name, new Json(place + "." + name, member)));
    return result;
  }

  List<Json> items() {
    if (!(value instanceof List<?> items)) {
      throw wrong("an array");
    }
    List<Json> result = new ArrayList<>();
    for (Object item : items) {
      result.add(new Json(place + "[" + result.size() + "]", item));
    }
    return result;
  }

  boolean isText() {
    return value instanceof String;
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("a string");
  }

  /** An integer of 64 bits, signed or unsigned; a region id may also be a string of digits. */
  long number() {
    String digits = value instanceof Literal literal ? literal.text() : text();
    try {
      return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(place + ": expected a number: " + digits, notANumber);
    }
  }

  boolean flag() {
    if (value instanceof Literal literal) {
      return literal.text().equals("true");
    }
    throw wrong("true or false");
  }

  String textOr(String name, String missing) {
    return has(name) ? at(name).text() : missing;
  }

  long numberOr(String name, long missing) {
    return has(name) ? at(name).number() : missing;
  }

  /** The value as JSON text again. */
  String toText() {
    return switch (value) {
      case null -> "null";
      case Literal literal -> literal.text();
      case Map<?, ?> members -> {
        StringBuilder out = new StringBuilder("{");
        members()
            .forEach(
                (name, member) ->
                    out.append(out.length() > 1 ? "," : "")
                        .append(quoted(name))
                        .append(':')
                        .append(member.toText()));
        yield out.append('}').toString();
      }
      case List<?> items -> {
        StringBuilder out = new StringBuilder("[");
        items().forEach(item -> out.append(out.length() > 1 ? "," : "").append(item.toText()));
        yield out.append(']').toString();
      }
      default -> quoted(text());
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(place + ": expected " + expected);
  }
}
