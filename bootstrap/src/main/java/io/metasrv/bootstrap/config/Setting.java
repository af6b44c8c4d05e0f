package io.metasrv.bootstrap.config;

import io.metasrv.application.options.MetasrvOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One key of the configuration.
 *
 * @param path dotted TOML path
 * @param type how it is read and printed
 * @param get where its value stands in the options
 * @param doc what it means, one line
 * @param kind whose it is and whether it does anything
 */
record Setting<T>(
    String path, ValueType<T> type, Function<MetasrvOptions, T> get, String doc, Kind kind) {

  enum Kind {
    /** The reference's, with the reference's effect. */
    REFERENCE,
    /** The reference's, accepted and shown, without effect here. */
    IGNORED,
    /** Our own. */
    OWN
  }

  static <T> Setting<T> of(
      String path, ValueType<T> type, Function<MetasrvOptions, T> get, String doc) {
    return new Setting<>(path, type, get, doc, Kind.REFERENCE);
  }

  static <T> Setting<T> ignored(
      String path, ValueType<T> type, Function<MetasrvOptions, T> get, String doc) {
    return new Setting<>(path, type, get, doc, Kind.IGNORED);
  }

  static <T> Setting<T> own(
      String path, ValueType<T> type, Function<MetasrvOptions, T> get, String doc) {
    return new Setting<>(path, type, get, doc, Kind.OWN);
  }

  /** Elements of the path. */
  List<String> elements() {
    return List.of(path.split("\\."));
  }

  /** The table the key stands in; empty for the root. */
  String table() {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** The key within its table. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The value as TOML; empty if it is absent. Secrets are hidden. */
  Optional<String> show(MetasrvOptions options) {
    return type.toToml().apply(get.apply(options));
  }
}
