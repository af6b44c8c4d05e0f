package io.metasrv.bootstrap.config;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.OptionsCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lays the sources over each other: defaults, environment, file, command line; the later one wins,
 * key by key, lists as a whole (sheet 02 §18.1).
 */
public final class ConfigLoader {

  private final boolean lenient;
  private final int processors;
  private final List<String> warnings = new ArrayList<>();

  private ConfigLoader(boolean lenient, int processors) {
    this.lenient = lenient;
    this.processors = processors;
  }

  /**
   * Loads the configuration.
   *
   * @throws ConfigException with one line for the operator
   */
  public static EffectiveConfig load(ConfigSources sources) {
    return new ConfigLoader(sources.lenient(), sources.processors()).run(sources);
  }

  private EffectiveConfig run(ConfigSources sources) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.ofEnvironment(sources.environment(), sources.environmentPrefix()));
    sources.file().map(TomlFile::read).ifPresent(layers::add);
    layers.add(sources.commandLine());

    Map<String, Object> said = new HashMap<>();
    Map<String, String> origins = new TreeMap<>();
    Map<String, Layer.Entry> deprecated = new TreeMap<>();
    for (Layer layer : layers) {
      layer.entries().forEach((path, entry) -> take(path, entry, said, origins, deprecated));
    }
    deprecated.forEach(
        (path, entry) -> redirect(path, entry, sources.commandLine(), said, origins));

    MetasrvOptions options = Binder.build(new Values(said, defaultsFor(layers)));
    List<String> errors = OptionsCheck.errors(options);
    if (!errors.isEmpty()) {
      throw new ConfigException(String.join("; ", errors));
    }
    warnings.addAll(OptionsCheck.warnings(options));
    return new EffectiveConfig(options, Binder.defaults(processors), origins, warnings);
  }

  /**
   * With no word about a store, one command runs: embedded. With any, the reference's default, so
   * that an existing deployment never starts on an empty store by mistake.
   */
  private MetasrvOptions defaultsFor(List<Layer> layers) {
    MetasrvOptions reference = MetasrvOptions.defaults(processors);
    return layers.stream().anyMatch(Layer::mentionsStore)
        ? reference.withStore(reference.store().withBackend(Backend.ETCD_STORE))
        : Binder.defaults(processors);
  }

  private void take(
      String path,
      Layer.Entry entry,
      Map<String, Object> said,
      Map<String, String> origins,
      Map<String, Layer.Entry> deprecated) {
    Optional<Setting<?>> setting = Catalogue.find(path);
    if (setting.isPresent()) {
      said.put(path, read(setting.get(), entry));
      origins.put(path, entry.origin());
    } else if (Catalogue.DEPRECATED.containsKey(path)) {
      deprecated.put(path, entry);
    } else {
      unknown(path, entry);
    }
  }

  private static <T> Object read(Setting<T> setting, Layer.Entry entry) {
    try {
      return Objects.requireNonNull(entry.raw().read(setting.type()));
    } catch (IllegalArgumentException e) {
      String found =
          setting.type().secret() || e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
      throw new ConfigException(
          "%s: %s must be %s%s"
              .formatted(entry.origin(), setting.path(), setting.type().expected(), found),
          e);
    }
  }

  private void unknown(String path, Layer.Entry entry) {
    Optional<String> foreign = Catalogue.foreign(path);
    if (foreign.isPresent()) {
      warnings.add(
          "%s: %s belongs to another version of GreptimeDB and has no effect: %s"
              .formatted(entry.origin(), path, foreign.get()));
      return;
    }
    String what =
        "%s: unknown key %s%s"
            .formatted(
                entry.origin(),
                path,
                Catalogue.nearest(path).map(near -> "; did you mean " + near + "?").orElse(""));
    if (!lenient) {
      throw new ConfigException(what + " (--lenient-config ignores unknown keys)");
    }
    warnings.add(what + " (ignored)");
  }

  /** A deprecated root key beats its successor, unless the command line speaks (sheet 09 §5). */
  private void redirect(
      String path,
      Layer.Entry entry,
      Layer commandLine,
      Map<String, Object> said,
      Map<String, String> origins) {
    Setting<String> successor = Objects.requireNonNull(Catalogue.DEPRECATED.get(path));
    String value = (String) read(successor, entry);
    if (value.isEmpty()) {
      return;
    }
    warnings.add("%s: %s is deprecated, say %s".formatted(entry.origin(), path, successor.path()));
    if (commandLine.find(successor.path()).isEmpty()) {
      said.put(successor.path(), value);
      origins.put(successor.path(), entry.origin() + " (" + path + ")");
    }
  }
}
