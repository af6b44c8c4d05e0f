package io.metasrv.application.json;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A JSON value that was read, with the accessors that codecs need. Every accessor that does not
 * find what it expects throws a {@link ServiceException} ({@link StatusCode#UNEXPECTED}) that names
 * what was expected, as a broken value is the sender's mistake and not ours. Immutable.
 */
public sealed interface JsonValue
    permits JsonObject,
        JsonValue.Text,
        JsonValue.Number,
        JsonValue.Bool,
        JsonValue.Nothing,
        JsonValue.Items {

  /** A string. */
  record Text(String value) implements JsonValue {}

  /**
   * A number.
   *
   * @param literal as it stood in the text
   */
  record Number(String literal) implements JsonValue {}

  /** A truth value. */
  record Bool(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Nothing() implements JsonValue {}

  /** An array. */
  record Items(List<JsonValue> values) implements JsonValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Reads exactly one value. */
  static JsonValue parse(Bytes json) {
    byte[] bytes = json.toByteArray();
    try (JsonParser in =
        JsonLibrary.FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      return document(in);
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  /** Reads exactly one value. */
  static JsonValue parse(String json) {
    try (JsonParser in = JsonLibrary.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      return document(in);
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  private static ServiceException broken(JacksonException e) {
    return new ServiceException(
        StatusCode.UNEXPECTED, "Failed to deserialize JSON: " + e.getOriginalMessage(), e);
  }

  private static JsonValue document(JsonParser in) {
    if (in.nextToken() == null) {
      throw ServiceException.unexpected("Failed to deserialize JSON: there is no value");
    }
    JsonValue value = read(in);
    if (in.nextToken() != null) {
      throw ServiceException.unexpected(
          "Failed to deserialize JSON: text follows behind the value");
    }
    return value;
  }

  private static JsonValue read(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> readObject(in);
      case START_ARRAY -> readItems(in);
      case VALUE_STRING -> new Text(in.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(in.getString());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      default -> new Nothing();
    };
  }

  private static JsonObject readObject(JsonParser in) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      members.put(name, read(in));
    }
    return new JsonObject(members);
  }

  private static Items readItems(JsonParser in) {
    List<JsonValue> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(read(in));
    }
    return new Items(values);
  }

  /** Whether this is {@code null}. */
  default boolean isNothing() {
    return this instanceof Nothing;
  }

  /** This as an object. */
  default JsonObject object() {
    if (this instanceof JsonObject object) {
      return object;
    }
    throw expected("an object");
  }

  /** The items of this array. */
  default List<JsonValue> items() {
    if (this instanceof Items items) {
      return items.values();
    }
    throw expected("an array");
  }

  /** This string. */
  default String text() {
    if (this instanceof Text text) {
      return text.value();
    }
    throw expected("a string");
  }

  /** This truth value. */
  default boolean bool() {
    if (this instanceof Bool bool) {
      return bool.value();
    }
    throw expected("true or false");
  }

  /** This number in 0..2^64-1; above 2^63-1 it comes as a negative {@code long}. */
  default long unsigned() {
    BigInteger number = integer("an unsigned 64-bit number");
    if (number.signum() < 0 || number.bitLength() > 64) {
      throw expected("an unsigned 64-bit number");
    }
    return number.longValue();
  }

  /** This number in -2^63..2^63-1. */
  default long signed() {
    BigInteger number = integer("a signed 64-bit number");
    if (number.bitLength() > 63) {
      throw expected("a signed 64-bit number");
    }
    return number.longValue();
  }

  /** This number in 0..2^32-1. */
  default long unsigned32() {
    BigInteger number = integer("an unsigned 32-bit number");
    if (number.signum() < 0 || number.bitLength() > 32) {
      throw expected("an unsigned 32-bit number");
    }
    return number.longValue();
  }

  /** This number in -2^31..2^31-1. */
  default int signed32() {
    BigInteger number = integer("a signed 32-bit number");
    if (number.bitLength() > 31) {
      throw expected("a signed 32-bit number");
    }
    return number.intValue();
  }

  /** This number as a 64-bit float. */
  default double real() {
    if (this instanceof Number number) {
      return Double.parseDouble(number.literal());
    }
    throw expected("a number");
  }

  private BigInteger integer(String what) {
    if (this instanceof Number number) {
      try {
        return new BigInteger(number.literal());
      } catch (NumberFormatException notAnInteger) {
        throw expected(what);
      }
    }
    throw expected(what);
  }

  private ServiceException expected(String what) {
    return ServiceException.unexpected(
        "Failed to deserialize JSON: expected " + what + ", found " + describe());
  }

  private String describe() {
    return switch (this) {
      case JsonObject object -> "an object";
      case Items items -> "an array";
      case Text text -> "the string \"" + shortened(text.value()) + "\"";
      case Number number -> "the number " + shortened(number.literal());
      case Bool bool -> String.valueOf(bool.value());
      case Nothing nothing -> "null";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
