package io.metasrv.application.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON document in memory: what was read, in its order, with every member known or not. */
public sealed interface JsonValue {

  /** {@code null}. */
  record Null() implements JsonValue {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /**
   * A number.
   *
   * @param digits its text as read, so that nothing is lost
   */
  record Number(String digits) implements JsonValue {}

  /** A string. */
  record Text(String value) implements JsonValue {}

  /** An array. */
  record Array(List<JsonValue> elements) implements JsonValue {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /**
   * An object.
   *
   * @param members in the order they were read; of a name given twice the last value
   */
  record Object(Map<String, JsonValue> members) implements JsonValue {
    public Object {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member, unless it is missing or {@code null}. */
    public Optional<JsonValue> find(String name) {
      JsonValue member = members.get(name);
      return member == null || member instanceof Null ? Optional.empty() : Optional.of(member);
    }

    /**
     * The member.
     *
     * @throws JsonFormatException if it is missing or {@code null}
     */
    public JsonValue require(String name) {
      return find(name).orElseThrow(() -> new JsonFormatException("missing member `" + name + "`"));
    }

    /** The member as text; required. */
    public String text(String name) {
      return require(name).asText();
    }

    /** The member as a signed 64-bit number; required. */
    public long number(String name) {
      return require(name).asLong();
    }

    /** The member as an unsigned 64-bit number; required. */
    public long unsigned(String name) {
      return require(name).asUnsigned();
    }
  }

  /** This as an object, or an error. */
  default Object asObject() {
    return this instanceof Object object ? object : wrong("an object");
  }

  /** The elements of this array, or an error. */
  default List<JsonValue> asArray() {
    return this instanceof Array(List<JsonValue> elements) ? elements : wrong("an array");
  }

  /** This string's value, or an error. */
  default String asText() {
    return this instanceof Text(String value) ? value : wrong("a string");
  }

  /** This boolean's value, or an error. */
  default boolean asBool() {
    return this instanceof Bool(boolean value) ? value : wrong("a boolean");
  }

  /** This number as a signed 64-bit integer, or an error. */
  default long asLong() {
    if (this instanceof Number(String digits)) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException notInRange) {
        throw new JsonFormatException("expected a signed 64-bit integer, found " + digits);
      }
    }
    return wrong("a number");
  }

  /** This number as an unsigned 64-bit integer (its bits), or an error. */
  default long asUnsigned() {
    if (this instanceof Number(String digits)) {
      try {
        return Long.parseUnsignedLong(digits);
      } catch (NumberFormatException notInRange) {
        throw new JsonFormatException("expected an unsigned 64-bit integer, found " + digits);
      }
    }
    return wrong("a number");
  }

  /** This number as floating point, or an error. */
  default double asDouble() {
    return this instanceof Number(String digits) ? Double.parseDouble(digits) : wrong("a number");
  }

  private <T> T wrong(String expected) {
    String found =
        switch (this) {
          case Null ignored -> "null";
          case Bool ignored -> "a boolean";
          case Number(String digits) -> "the number " + digits;
          case Text ignored -> "a string";
          case Array ignored -> "an array";
          case Object ignored -> "an object";
        };
    throw new JsonFormatException("expected " + expected + ", found " + found);
  }
}
