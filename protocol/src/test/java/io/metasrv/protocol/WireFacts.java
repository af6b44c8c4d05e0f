package io.metasrv.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A protocol taken apart into single statements, so that two protocols can be compared. */
final class WireFacts {

  private final Map<String, String> facts = new TreeMap<>();

  void add(String subject, String value) {
    String before = facts.put(subject, value);
    if (before != null) {
      throw new IllegalStateException(
          "stated twice: " + subject + " is " + before + " and " + value);
    }
  }

  void add(String subject, String aspect, String value) {
    add(subject + ": " + aspect, value);
  }

  int size() {
    return facts.size();
  }

  /** One line for each fact that {@code actual} lacks, has beyond these, or states otherwise. */
  List<String> differencesFrom(WireFacts actual) {
    List<String> differences = new ArrayList<>();
    facts.forEach(
        (subject, value) -> {
          String found = actual.facts.get(subject);
          if (found == null) {
            differences.add("missing: " + subject + " = " + value);
          } else if (!found.equals(value)) {
            differences.add("different: " + subject + " = " + found + ", expected " + value);
          }
        });
    actual.facts.forEach(
        (subject, value) -> {
          if (!facts.containsKey(subject)) {
            differences.add("extra: " + subject + " = " + value);
          }
        });
    return differences;
  }
}
