package io.metasrv.tests.ddl;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What GreptimeDB v1.1.4 stored while it ran statements about databases, views and flows. */
final class StatementRecordings {

  private StatementRecordings() {}

  /** All stored states of procedures. */
  static List<Recordings.Dump> dumps() {
    return text("procedures.jsonl")
        .lines()
        .map(line -> JsonReader.read(line).asObject())
        .map(row -> new Recordings.Dump(row.text("from"), row.text("type"), row.text("data")))
        .toList();
  }

  /**
   * What was stored around a recorded step, as far as the statement has to do with it.
   *
   * @param step {@code call-24} or {@code sql-01}
   */
  static Step step(String step) {
    JsonValue.Object both = JsonReader.read(text("stored.json")).asObject();
    JsonValue.Object found = both.require(step).asObject();
    return new Step(map(found.require("before")), map(found.require("after")));
  }

  /** Keys and values before and after a statement. */
  record Step(SortedMap<String, String> before, SortedMap<String, String> after) {}

  private static SortedMap<String, String> map(JsonValue json) {
    TreeMap<String, String> map = new TreeMap<>();
    json.asObject().members().forEach((key, value) -> map.put(key, value.asText()));
    return map;
  }

  private static String text(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            StatementRecordings.class.getResourceAsStream("/golden/statements/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
