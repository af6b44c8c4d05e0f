package io.metasrv.tests.ddl;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What GreptimeDB v1.1.4 had in its store after each call, or after each statement: all of it.
 *
 * @param steps in the order they were made
 */
record RecordedRun(List<Step> steps) {

  /**
   * A call or a statement.
   *
   * @param name its number and what it is
   * @param sql the statement; empty for a call
   * @param before all keys and values before it
   * @param after all keys and values after it
   * @param procedures what {@code information_schema.procedure_info} said: type, state, locks;
   *     empty unless the statement asked for it
   */
  record Step(
      String name,
      String sql,
      SortedMap<String, String> before,
      SortedMap<String, String> after,
      List<List<String>> procedures) {

    @Override
    public String toString() {
      return name;
    }

    /** A value that was there after it. */
    String value(String key) {
      return Recordings.value(after, key);
    }
  }

  /** {@code kv-after-each-call} of the recordings. */
  static RecordedRun ofCalls() {
    return read("calls.jsonl");
  }

  /** {@code kv-after-each-sql} of the recordings. */
  static RecordedRun ofStatements() {
    return read("statements.jsonl");
  }

  /**
   * A step by its short name.
   *
   * @param name {@code call-27} or {@code sql-03}
   */
  static Step named(String name) {
    String number = name.substring(name.indexOf('-') + 1);
    return (name.startsWith("call-") ? ofCalls() : ofStatements()).step(number);
  }

  /** The step of this name, by its number or its whole name. */
  Step step(String name) {
    return steps.stream()
        .filter(step -> step.name().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no recorded step " + name));
  }

  // Each line has what a step changed.
  private static RecordedRun read(String file) {
    List<Step> steps = new ArrayList<>();
    SortedMap<String, String> before = Collections.emptySortedMap();
    for (String line : Golden.text("kv/" + file).lines().toList()) {
      JsonValue.Object json = JsonReader.read(line).asObject();
      TreeMap<String, String> after = new TreeMap<>(before);
      json.require("deleted").asArray().forEach(key -> after.remove(key.asText()));
      json.require("put")
          .asObject()
          .members()
          .forEach((key, value) -> after.put(key, value.asText()));
      steps.add(
          new Step(
              json.text("step"),
              json.textOr("sql", ""),
              before,
              Collections.unmodifiableSortedMap(after),
              rows(json)));
      before = Collections.unmodifiableSortedMap(after);
    }
    return new RecordedRun(List.copyOf(steps));
  }

  private static List<List<String>> rows(JsonValue.Object step) {
    return step.find("rows").map(JsonValue::asArray).orElse(List.of()).stream()
        .map(row -> row.asArray().stream().map(JsonValue::asText).toList())
        .toList();
  }
}
