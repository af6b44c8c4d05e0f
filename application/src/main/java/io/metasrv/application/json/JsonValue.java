package io.metasrv.application.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** The member under its name or its older one, unless it is missing or {@code null}. */
    public JsonValue requireEither(String name, String olderName) {
      return find(name).or(() -> find(olderName)).orElseGet(() -> require(name));
    }

    /** An unsigned 64-bit member that may be missing or {@code null}. */
    public OptionalLong findUnsigned(String name) {
      Optional<JsonValue> member = find(name);
      return member.isPresent() ? OptionalLong.of(member.get().asUnsigned()) : OptionalLong.empty();
    }

    /** An unsigned 64-bit member with a default. */
    public long unsignedOr(String name, long absent) {
      return findUnsigned(name).orElse(absent);
    }

    /** A signed 64-bit member with a default. */
    public long numberOr(String name, long absent) {
      return find(name).map(JsonValue::asLong).orElse(absent);
    }

    /** A text member with a default. */
    public String textOr(String name, String absent) {
      return find(name).map(JsonValue::asText).orElse(absent);
    }

    /** A boolean member with a default. */
    public boolean boolOr(String name, boolean absent) {
      return find(name).map(JsonValue::asBool).orElse(absent);
    }

    /** The only member, as in an externally tagged enum. */
    public Map.Entry<String, JsonValue> only() {
      if (members.size() != 1) {
        throw new JsonFormatException(
            "expected an object with exactly one member, found " + members.keySet());
      }
      return members.entrySet().iterator().next();
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

  /** This number in 0..2^32-1, or an error. */
  default long asUnsigned32() {
    long number = asUnsigned();
    return number >>> 32 == 0 ? number : wrong("an unsigned 32-bit integer");
  }

  /** This number in -2^31..2^31-1, or an error. */
  default int asInt() {
    long number = asLong();
    return number == (int) number ? (int) number : wrong("a signed 32-bit integer");
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
