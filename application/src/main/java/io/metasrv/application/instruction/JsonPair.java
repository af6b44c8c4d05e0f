package io.metasrv.application.instruction;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import java.util.List;

/** A tuple of two: an array of exactly two items. */
record JsonPair(JsonValue first, JsonValue second) {

  static JsonPair of(JsonValue json) {
    List<JsonValue> items = json.asArray();
    if (items.size() != 2) {
      throw new JsonFormatException("expected an array of 2 items, found " + items.size());
    }
    return new JsonPair(items.get(0), items.get(1));
  }
}
