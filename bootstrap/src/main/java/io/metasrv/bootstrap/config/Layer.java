package io.metasrv.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What one source says: raw entries by dotted path, not yet checked against the catalogue.
 *
 * @param entries in the order in which the source gives them
 */
public record Layer(Map<String, Entry> entries) {

  /**
   * One entry.
   *
   * @param raw what was written
   * @param origin where, for people: "metasrv.toml", "variable X__HTTP__ADDR", "--http-addr"
   */
  public record Entry(Raw raw, String origin) {}

  /** What was written: a TOML value, or a text that only the setting's type can make sense of. */
  public sealed interface Raw {
    <T> T read(ValueType<T> type);

    /** A value with a TOML type. */
    record Toml(JsonNode node) implements Raw {
      @Override
      public <T> T read(ValueType<T> type) {
        return type.fromToml().apply(node);
      }
    }

    /** Text of a variable or flag. */
    record Text(String text) implements Raw {
      @Override
      public <T> T read(ValueType<T> type) {
        return type.fromText().apply(text);
      }
    }
  }

  /** The variables that start with the prefix; names match in any case (sheet 09 §6). */
  static Layer ofEnvironment(Map<String, String> environment, String prefix) {
    String start = prefix.isEmpty() ? "" : prefix + "__";
    Map<String, Entry> entries = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.regionMatches(true, 0, start, 0, start.length())
                  && name.length() > start.length()) {
                String path =
                    String.join(
                        ".",
                        List.of(
                            name.substring(start.length())
                                .toLowerCase(Locale.ROOT)
                                .split("__", -1)));
                // Without a prefix every variable of the process comes by; only known ones are
                // meant.
                if (!prefix.isEmpty() || isKnown(path)) {
                  entries.put(path, new Entry(new Raw.Text(value), "variable " + name));
                }
              }
            });
    return new Layer(entries);
  }

  private static boolean isKnown(String path) {
    return Catalogue.find(path).isPresent() || Catalogue.DEPRECATED.containsKey(path);
  }

  /** Whether this layer says anything about where metadata are kept. */
  boolean mentionsStore() {
    return entries.keySet().stream().anyMatch(Layer::isAboutStore);
  }

  /** Keys of older versions count: whoever wrote them has a store. */
  private static boolean isAboutStore(String path) {
    return path.startsWith("backend")
        || path.startsWith("store_addr")
        || path.equals("store_key_prefix")
        || path.startsWith("meta_")
        || path.startsWith("etcd.")
        || path.equals("use_memory_store");
  }

  Optional<Entry> find(String path) {
    return Optional.ofNullable(entries.get(path));
  }
}
