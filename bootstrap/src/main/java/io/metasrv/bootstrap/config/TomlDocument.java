package io.metasrv.bootstrap.config;

import io.metasrv.application.options.MetasrvOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options as a TOML document: for {@code /config}, and as the example file. */
public final class TomlDocument {

  private TomlDocument() {}

  /** The effective values of all keys but {@code runtime} and {@code plugins}. */
  static String effective(MetasrvOptions options) {
    StringBuilder out = new StringBuilder();
    tables()
        .forEach(
            (table, settings) -> {
              List<String> lines = new ArrayList<>();
              for (Setting<?> setting : settings) {
                if (!setting.path().equals("plugins") && !table.equals("runtime")) {
                  setting.show(options).ifPresent(v -> lines.add(setting.name() + " = " + v));
                }
              }
              append(out, table, lines);
            });
    return out.toString();
  }

  /**
   * The example file: every key with its meaning and its default, so that the file as it stands
   * changes nothing. Keys without a default value, and those that depend on the machine, stand in a
   * comment.
   */
  public static String example() {
    MetasrvOptions defaults = Binder.defaults(1);
    StringBuilder out =
        new StringBuilder(
            """
            # Configuration of Metasrv. Every key is shown with its default.
            # Made from the program's own list of keys: metasrv config --example
            #
            # The command line beats this file, this file beats the environment
            # (GREPTIMEDB_METASRV__HTTP__ADDR and so on), which beats the defaults.

            """);
    tables()
        .forEach(
            (table, settings) -> {
              List<String> lines = new ArrayList<>();
              settings.forEach(setting -> describe(lines, setting, defaults));
              append(out, table, lines);
            });
    return out.toString();
  }

  private static void describe(List<String> lines, Setting<?> setting, MetasrvOptions defaults) {
    String owner = setting.kind() == Setting.Kind.OWN ? " [own]" : "";
    lines.add(
        "# "
            + Character.toUpperCase(setting.doc().charAt(0))
            + setting.doc().substring(1)
            + "."
            + owner);
    Optional<String> value = setting.show(defaults);
    boolean comment = value.isEmpty() || setting.path().startsWith("runtime.");
    lines.add((comment ? "# " : "") + setting.name() + " = " + value.orElse(""));
  }

  private static void append(StringBuilder out, String table, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    if (!table.isEmpty()) {
      out.append('\n').append('[').append(table).append("]\n");
    }
    lines.forEach(line -> out.append(line).append('\n'));
  }

  /** Settings by table, the root first, as TOML demands. */
  private static Map<String, List<Setting<?>>> tables() {
    Map<String, List<Setting<?>>> tables = new LinkedHashMap<>();
    tables.put("", new ArrayList<>());
    for (Setting<?> setting : Catalogue.all()) {
      tables.computeIfAbsent(setting.table(), t -> new ArrayList<>()).add(setting);
    }
    return tables;
  }
}
