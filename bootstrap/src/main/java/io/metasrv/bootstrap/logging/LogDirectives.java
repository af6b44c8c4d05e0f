package io.metasrv.bootstrap.logging;

import ch.qos.logback.classic.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A level for everything, and levels for parts of it: {@code info,io.metasrv=debug}. Names of Rust
 * modules are taken as well and mean nothing here, so that an existing {@code RUST_LOG} does no
 * harm.
 *
 * @param text as it was written
 * @param global for everything not named
 * @param named by logger
 */
record LogDirectives(String text, Level global, Map<String, Level> named) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.$:-]+");

  /** Talkative libraries, unless their names are given. */
  private static final Map<String, Level> LIBRARIES =
      Map.of(
          "io.grpc",
          Level.WARN,
          "io.netty",
          Level.WARN,
          "io.helidon",
          Level.WARN,
          "com.zaxxer.hikari",
          Level.ERROR);

  /**
   * Reads directives.
   *
   * @throws IllegalArgumentException with what was expected
   */
  static LogDirectives parse(String text) {
    Level global = Level.INFO;
    Map<String, Level> named = new LinkedHashMap<>();
    if (text.isBlank()) {
      throw new IllegalArgumentException("a log level is missing; expected one like \"info\"");
    }
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        global = level(part.strip(), text);
      } else {
        String name = part.substring(0, equals).strip().replace("::", ".");
        if (!NAME.matcher(name).matches()) {
          throw bad(text);
        }
        named.put(name, level(part.substring(equals + 1).strip(), text));
      }
    }
    return new LogDirectives(text, global, named);
  }

  /** The option or flag counts, else {@code RUST_LOG}, else {@code info}. */
  static LogDirectives resolve(Optional<String> option, Map<String, String> environment) {
    return parse(
        option
            .or(() -> Optional.ofNullable(environment.get("RUST_LOG")).filter(v -> !v.isBlank()))
            .orElse("info"));
  }

  /** Levels of single loggers, libraries included. */
  Map<String, Level> levels() {
    Map<String, Level> levels = new LinkedHashMap<>();
    if (global.isGreaterOrEqual(Level.INFO)) {
      LIBRARIES.forEach(
          (name, level) -> levels.put(name, level.isGreaterOrEqual(global) ? level : global));
    }
    levels.putAll(named);
    return levels;
  }

  private static Level level(String word, String text) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "off" -> Level.OFF;
      case "error" -> Level.ERROR;
      case "warn" -> Level.WARN;
      case "info" -> Level.INFO;
      case "debug" -> Level.DEBUG;
      case "trace" -> Level.TRACE;
      default -> throw bad(text);
    };
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(
        "\"%s\" is no log level; expected off, error, warn, info, debug or trace, or levels of parts"
                .formatted(text)
            + " as in \"info,io.metasrv=debug\"");
  }
}
