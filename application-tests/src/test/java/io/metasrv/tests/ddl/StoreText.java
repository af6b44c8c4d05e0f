package io.metasrv.tests.ddl;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A store's content as text that does not depend on the run: the id of the election's lease, the
 * times of changes and the order of members that the original itself writes in any order are taken
 * out, nothing else.
 *
 * <p>Of a time is left whether the last step changed it. One of these follows one store, step by
 * step.
 */
final class StoreText {

  private static final Pattern LEASE = Pattern.compile("^(__metasrv_election/)[0-9a-f]+$");
  private static final Set<String> TIMES =
      Set.of("created_on", "updated_on", "created_time", "updated_time", "start_time_ms");

  /** Objects that the original keeps as hash maps (sheet 03). */
  private static final Set<String> UNORDERED =
      Set.of(
          "region_options",
          "region_wal_options",
          "extra_options",
          "metadata",
          "options",
          "extensions");

  /** Times of the last step by key and member. */
  private SortedMap<String, String> times = new TreeMap<>();

  /** The content after the next step. */
  SortedMap<String, String> next(SortedMap<String, String> content) {
    TreeMap<String, String> now = new TreeMap<>();
    SortedMap<String, String> text = text(content, now);
    times = now;
    return text;
  }

  /** What {@link #next} would say of this content, which is no step. */
  SortedMap<String, String> of(SortedMap<String, String> content) {
    return text(content, new TreeMap<>());
  }

  private SortedMap<String, String> text(
      SortedMap<String, String> content, TreeMap<String, String> now) {
    TreeMap<String, String> text = new TreeMap<>();
    content.forEach(
        (key, value) -> {
          String name = LEASE.matcher(key).replaceFirst("$1LEASE");
          text.put(name, value.startsWith("{") ? json(key, value, now) : value);
        });
    return text;
  }

  private String json(String key, String value, Map<String, String> now) {
    JsonValue normal = normal(JsonReader.read(value), "", key, now);
    return JsonWriter.text(out -> out.value(normal));
  }

  private JsonValue normal(JsonValue json, String name, String path, Map<String, String> now) {
    return switch (json) {
      case JsonValue.Object(Map<String, JsonValue> members) -> {
        Map<String, JsonValue> normal =
            UNORDERED.contains(name) ? new TreeMap<>() : new LinkedHashMap<>();
        members.forEach(
            (member, value) -> normal.put(member, normal(value, member, path + "." + member, now)));
        yield new JsonValue.Object(normal);
      }
      case JsonValue.Array(List<JsonValue> elements) -> {
        List<JsonValue> normal = new ArrayList<>();
        elements.forEach(element -> normal.add(normal(element, "", path, now)));
        yield new JsonValue.Array(normal);
      }
      default -> TIMES.contains(name) ? new JsonValue.Text(moment(path, json, now)) : json;
    };
  }

  private String moment(String path, JsonValue time, Map<String, String> now) {
    String text = time.toString();
    now.put(path, text);
    String before = times.get(path);
    if (before == null) {
      return "new";
    }
    return before.equals(text) ? "unchanged" : "changed";
  }
}
