package io.metasrv.bootstrap.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration comes from.
 *
 * @param environment variables of the process
 * @param environmentPrefix what the names of ours begin with; empty for nothing
 * @param file TOML file, if one was named
 * @param commandLine what flags say
 * @param lenient whether unknown keys only warn
 * @param processors of the machine
 */
public record ConfigSources(
    Map<String, String> environment,
    String environmentPrefix,
    Optional<Path> file,
    Layer commandLine,
    boolean lenient,
    int processors) {

  /** The reference's prefix. */
  public static final String DEFAULT_PREFIX = "GREPTIMEDB_METASRV";

  public ConfigSources {
    environment = Map.copyOf(environment);
  }

  /** Nothing but defaults. */
  public static ConfigSources none() {
    return new ConfigSources(
        Map.of(), DEFAULT_PREFIX, Optional.empty(), new Layer(Map.of()), false, 1);
  }

  /** With these variables. */
  public ConfigSources withEnvironment(Map<String, String> newEnvironment, String prefix) {
    return new ConfigSources(newEnvironment, prefix, file, commandLine, lenient, processors);
  }

  /** With this file. */
  public ConfigSources withFile(Path newFile) {
    return new ConfigSources(
        environment, environmentPrefix, Optional.of(newFile), commandLine, lenient, processors);
  }

  /** With unknown keys tolerated. */
  public ConfigSources withLenient(boolean newLenient) {
    return new ConfigSources(
        environment, environmentPrefix, file, commandLine, newLenient, processors);
  }

  /** On a machine with so many processors. */
  public ConfigSources withProcessors(int newProcessors) {
    return new ConfigSources(
        environment, environmentPrefix, file, commandLine, lenient, newProcessors);
  }

  /** With one more flag; it beats everything else. */
  public ConfigSources withFlag(String flag, String path, String text) {
    Map<String, Layer.Entry> entries = new LinkedHashMap<>(commandLine.entries());
    entries.put(path, new Layer.Entry(new Layer.Raw.Text(text), flag));
    return new ConfigSources(
        environment, environmentPrefix, file, new Layer(entries), lenient, processors);
  }
}
