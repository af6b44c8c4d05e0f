package io.metasrv.application.options;

import java.nio.file.Path;

/**
 * {@code [embedded]}, our own: the durable store inside this process.
 *
 * @param dataDir directory; empty for {@code <data_home>/metasrv/store}
 */
public record EmbeddedOptions(String dataDir) {

  /** Under the data home. */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions("");
  }

  /** The directory to use. */
  public Path directory(String dataHome) {
    return dataDir.isEmpty() ? Path.of(dataHome, "metasrv", "store") : Path.of(dataDir);
  }
}
