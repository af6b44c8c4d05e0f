package io.metasrv.application.ddl.alter;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.table.TableInfoValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Values that GreptimeDB v1.1.4 stored before and after each ALTER of its recordings. */
final class RecordedAlters {

  /** Objects whose members the reference keeps in no order. */
  private static final Set<String> UNORDERED =
      Set.of("extra_options", "metadata", "region_options", "region_wal_options");

  private RecordedAlters() {}

  /** The value of a key before the statement. */
  static String before(String statement, String key) {
    return pair(statement, key).getFirst().asText();
  }

  /** The value of a key after the statement. */
  static String after(String statement, String key) {
    return pair(statement, key).get(1).asText();
  }

  /** The info of a table before the statement. */
  static TableInfoValue infoBefore(String statement, String key) {
    return TableInfoValueCodec.CODEC.read(JsonReader.read(before(statement, key)));
  }

  /** The info of a table after the statement. */
  static TableInfoValue infoAfter(String statement, String key) {
    return TableInfoValueCodec.CODEC.read(JsonReader.read(after(statement, key)));
  }

  private static List<JsonValue> pair(String statement, String key) {
    return JsonReader.read(text("/golden/alter/stored-pairs.json"))
        .asObject()
        .require(statement)
        .asObject()
        .require(key)
        .asArray();
  }

  /** The text with the members of unordered objects sorted; everything else stays as it is. */
  static String canonical(String json) {
    return JsonWriter.text(out -> out.value(sorted("", JsonReader.read(json))));
  }

  private static JsonValue sorted(String name, JsonValue json) {
    return switch (json) {
      case JsonValue.Object(Map<String, JsonValue> members) -> {
        Map<String, JsonValue> copy =
            UNORDERED.contains(name) ? new TreeMap<>() : new LinkedHashMap<>();
        members.forEach((member, value) -> copy.put(member, sorted(member, value)));
        yield new JsonValue.Object(copy);
      }
      case JsonValue.Array(List<JsonValue> elements) ->
          new JsonValue.Array(elements.stream().map(each -> sorted("", each)).toList());
      default -> json;
    };
  }

  /** A resource's text. */
  static String text(String resource) {
    try (InputStream file =
        Objects.requireNonNull(RecordedAlters.class.getResourceAsStream(resource))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
