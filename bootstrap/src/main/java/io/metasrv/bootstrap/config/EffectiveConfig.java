package io.metasrv.bootstrap.config;

import io.metasrv.application.options.MetasrvOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The configuration that counts, and where each value came from.
 *
 * @param options the values
 * @param defaults what they would be had nobody said anything
 * @param origins source of each value that somebody said, by path
 * @param warnings for the log, one line each
 */
public record EffectiveConfig(
    MetasrvOptions options,
    MetasrvOptions defaults,
    Map<String, String> origins,
    List<String> warnings) {

  public EffectiveConfig {
    origins = Map.copyOf(origins);
    warnings = List.copyOf(warnings);
  }

  /**
   * One line a key, in columns: a star where the value is not the default, key, value, source.
   * Secrets are hidden.
   */
  public List<String> columns() {
    int keys = widest(Catalogue.all().stream().map(Setting::path).toList());
    int values =
        Math.min(
            48, widest(Catalogue.all().stream().map(s -> s.show(options).orElse("-")).toList()));
    List<String> lines = new ArrayList<>();
    String format = "%s %-" + keys + "s  %-" + values + "s  %s";
    for (Setting<?> setting : Catalogue.all()) {
      lines.add(
          format
              .formatted(
                  isDefault(setting) ? " " : "*",
                  setting.path(),
                  setting.show(options).orElse("-"),
                  origins.getOrDefault(setting.path(), ""))
              .stripTrailing());
    }
    return lines;
  }

  private boolean isDefault(Setting<?> setting) {
    return setting.get().apply(options).equals(setting.get().apply(defaults));
  }

  private static int widest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }

  /** As {@code /config} shows it: TOML, secrets hidden, without {@code runtime} and plugins. */
  public String toToml() {
    return TomlDocument.effective(options);
  }
}
