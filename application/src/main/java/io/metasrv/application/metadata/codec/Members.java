package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of a JSON object while it is read: those never asked for are unknown, and kept. For
 * one thread.
 */
final class Members {

  private final JsonValue.Object object;
  private final Set<String> asked = new HashSet<>();

  private Members(JsonValue.Object object) {
    this.object = object;
  }

  static Members of(JsonValue json) {
    return new Members(json.asObject());
  }

  /** The member, unless it is missing or {@code null}. */
  Optional<JsonValue> find(String name) {
    asked.add(name);
    return object.find(name);
  }

  /** The member under one of its names. */
  Optional<JsonValue> find(String name, String olderName) {
    Optional<JsonValue> older = find(olderName);
    return find(name).or(() -> older);
  }

  JsonValue require(String name) {
    asked.add(name);
    return object.require(name);
  }

  String text(String name) {
    return require(name).asText();
  }

  String textOr(String name, String absent) {
    return find(name).map(JsonValue::asText).orElse(absent);
  }

  long unsigned(String name) {
    return require(name).asUnsigned();
  }

  long unsignedOr(String name, long absent) {
    return find(name).map(JsonValue::asUnsigned).orElse(absent);
  }

  OptionalLong findUnsigned(String name) {
    Optional<JsonValue> member = find(name);
    return member.isPresent() ? OptionalLong.of(member.get().asUnsigned()) : OptionalLong.empty();
  }

  OptionalLong findLong(String name) {
    Optional<JsonValue> member = find(name);
    return member.isPresent() ? OptionalLong.of(member.get().asLong()) : OptionalLong.empty();
  }

  long unsigned32(String name) {
    return require(name).asUnsigned32();
  }

  boolean bool(String name) {
    return require(name).asBool();
  }

  boolean boolOr(String name, boolean absent) {
    return find(name).map(JsonValue::asBool).orElse(absent);
  }

  TableId table(String name) {
    return new TableId(require(name).asUnsigned32());
  }

  /** The elements of an array; none if it is missing. */
  <T> List<T> list(String name, Function<JsonValue, T> element) {
    return find(name).map(array -> elements(array, element)).orElse(List.of());
  }

  /** The elements of an array that must be there. */
  <T> List<T> requireList(String name, Function<JsonValue, T> element) {
    return elements(require(name), element);
  }

  private static <T> List<T> elements(JsonValue array, Function<JsonValue, T> element) {
    return array.asArray().stream().map(element).toList();
  }

  /** An object of texts; empty if it is missing. */
  SequencedMap<String, String> texts(String name) {
    return find(name).map(Members::texts).orElseGet(LinkedHashMap::new);
  }

  /** An object of texts that must be there. */
  SequencedMap<String, String> requireTexts(String name) {
    return texts(require(name));
  }

  static SequencedMap<String, String> texts(JsonValue json) {
    LinkedHashMap<String, String> map = new LinkedHashMap<>();
    json.asObject().members().forEach((name, value) -> map.put(name, value.asText()));
    return map;
  }

  /** An object by numbers. */
  static <V> SequencedMap<Long, V> byNumber(JsonValue json, Function<JsonValue, V> value) {
    LinkedHashMap<Long, V> map = new LinkedHashMap<>();
    json.asObject().members().forEach((name, each) -> map.put(number(name), value.apply(each)));
    return map;
  }

  private static long number(String name) {
    try {
      return Long.parseUnsignedLong(name);
    } catch (NumberFormatException e) {
      throw new JsonFormatException("expected a number as member name, found \"" + name + "\"", e);
    }
  }

  /** Those never asked for. */
  UnknownMembers unknown() {
    LinkedHashMap<String, String> rest = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, value) -> {
              if (!asked.contains(name)) {
                rest.put(name, text(value));
              }
            });
    return rest.isEmpty() ? UnknownMembers.NONE : new UnknownMembers(rest);
  }

  /** Writes unknown members behind the known ones. */
  static void write(JsonWriter out, UnknownMembers unknown) {
    unknown.json().forEach((name, json) -> out.name(name).raw(json));
  }

  static void writeTexts(JsonWriter out, String name, SequencedMap<String, String> texts) {
    out.name(name).beginObject();
    texts.forEach(out::member);
    out.endObject();
  }

  static void writeLong(JsonWriter out, String name, OptionalLong value) {
    out.name(name);
    if (value.isPresent()) {
      out.value(value.getAsLong());
    } else {
      out.nullValue();
    }
  }

  static void writeText(JsonWriter out, String name, Optional<String> value) {
    out.name(name);
    value.ifPresentOrElse(out::value, out::nullValue);
  }

  /** Compact JSON. */
  static String text(JsonValue value) {
    return JsonWriter.text(out -> out.value(value));
  }

  /** What the values of the domain refuse is not what was expected of the JSON. */
  static <T> T valid(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new JsonFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The constant of the text. */
  static <E extends Enum<E>> E constant(E[] all, Function<E, String> textOf, String text) {
    for (E each : all) {
      if (textOf.apply(each).equals(text)) {
        return each;
      }
    }
    throw new JsonFormatException("unknown variant `" + text + "`");
  }
}
