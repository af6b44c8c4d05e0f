package io.metasrv.nodes.instruction;

import io.metasrv.nodes.json.Fields;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.nodes.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Serde's externally tagged form: an object with exactly one member, whose name is the variant. */
final class Tagged {

  private Tagged() {}

  static Map<String, JsonValue> members(String place, JsonValue value) {
    if (value instanceof JsonValue.Members object && object.byName().size() == 1) {
      return object.byName();
    }
    throw new JsonFormatException(place + ": expected an object with one member, the variant");
  }

  /** The items of an array, or one object in the place of an array with one item. */
  static <T> List<T> oneOrMany(String place, JsonValue value, Function<Fields, T> item) {
    if (value instanceof JsonValue.Members) {
      return List.of(item.apply(Fields.of(place, value)));
    }
    return Fields.list(place, value, each -> item.apply(Fields.of(place, each)));
  }

  /** The items of an array of objects. */
  static <T> List<T> many(String place, JsonValue value, Function<Fields, T> item) {
    return Fields.list(place, value, each -> item.apply(Fields.of(place, each)));
  }
}
