package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.RegionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The pieces that instructions and replies are made of. */
final class RegionJson {

  private RegionJson() {}

  static void writeIds(JsonWriter out, List<RegionId> regions) {
    out.array(regions, (writer, region) -> writer.unsigned(region.value()));
  }

  static List<RegionId> readIds(JsonValue json) {
    return json.asArray().stream().map(RegionIds::read).toList();
  }

  static <V> void writeByRegion(
      JsonWriter out, SequencedMap<RegionId, V> map, BiConsumer<JsonWriter, V> value) {
    out.object(
        () ->
            map.forEach(
                (region, each) -> {
                  out.name(region.toDecimal());
                  value.accept(out, each);
                }));
  }

  static <V> SequencedMap<RegionId, V> readByRegion(JsonValue json, Function<JsonValue, V> value) {
    LinkedHashMap<RegionId, V> map = new LinkedHashMap<>();
    json.asObject()
        .members()
        .forEach((name, each) -> map.put(RegionIds.ofName(name), value.apply(each)));
    return map;
  }

  static void writeTexts(JsonWriter out, SequencedMap<String, String> map) {
    out.object(() -> map.forEach((name, value) -> out.name(name).value(value)));
  }

  static SequencedMap<String, String> readTexts(JsonValue json) {
    LinkedHashMap<String, String> map = new LinkedHashMap<>();
    json.asObject().members().forEach((name, value) -> map.put(name, value.asText()));
    return map;
  }

  static void writeOptional(JsonWriter out, String name, OptionalLong value) {
    out.name(name);
    if (value.isPresent()) {
      out.unsigned(value.getAsLong());
    } else {
      out.nullValue();
    }
  }

  static void writeIfPresent(JsonWriter out, String name, OptionalLong value) {
    value.ifPresent(number -> out.name(name).unsigned(number));
  }

  static void writeError(JsonWriter out, Optional<String> error) {
    out.name("error");
    error.ifPresentOrElse(out::value, out::nullValue);
  }

  static Optional<String> readError(JsonValue.Object json) {
    return json.find("error").map(JsonValue::asText);
  }

  /** One object, or an array of them. */
  static <T> List<T> oneOrMany(JsonValue json, Function<JsonValue, T> item) {
    return json instanceof JsonValue.Array items
        ? items.elements().stream().map(item).toList()
        : List.of(item.apply(json));
  }
}
