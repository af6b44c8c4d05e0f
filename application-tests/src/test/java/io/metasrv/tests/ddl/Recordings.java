package io.metasrv.tests.ddl;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What GreptimeDB v1.1.4 stored, taken from the recordings (docs of golden data). */
final class Recordings {

  private Recordings() {}

  /**
   * A stored state of a procedure.
   *
   * @param from the recording
   * @param type name of the procedure's type
   * @param data its dump
   */
  record Dump(String from, String type, String data) {
    @Override
    public String toString() {
      return from + " " + type + " " + data.substring(0, data.indexOf(','));
    }
  }

  /** All stored states of the procedures that are tested here, in the order they were written. */
  static List<Dump> dumps() {
    return dumps("ddl/procedures.jsonl");
  }

  /** The same of statements about databases, views and flows. */
  static List<Dump> ofStatements() {
    return dumps("statements/procedures.jsonl");
  }

  private static List<Dump> dumps(String file) {
    return Golden.text(file)
        .lines()
        .map(line -> JsonReader.read(line).asObject())
        .map(row -> new Dump(row.text("from"), row.text("type"), row.text("data")))
        .toList();
  }

  /** The first value written under each key while those of {@code full.jsonl} ran. */
  static TreeMap<String, String> firstWrites() {
    return map(JsonReader.read(Golden.text("ddl/first-writes.json")));
  }

  /**
   * All that was stored after a recorded step.
   *
   * @param step {@code call-27} or {@code sql-03}
   */
  static TreeMap<String, String> stored(String step) {
    return new TreeMap<>(RecordedRun.named(step).after());
  }

  /** The value under a key that was recorded. */
  static String value(SortedMap<String, String> values, String key) {
    return Optional.ofNullable(values.get(key)).orElseThrow(() -> new AssertionError(key));
  }

  private static TreeMap<String, String> map(JsonValue json) {
    TreeMap<String, String> map = new TreeMap<>();
    json.asObject().members().forEach((key, value) -> map.put(key, value.asText()));
    return map;
  }
}
