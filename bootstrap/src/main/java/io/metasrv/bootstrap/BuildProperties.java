package io.metasrv.bootstrap;

import io.metasrv.adapters.http.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What was built, from a resource that the build fills in. */
public final class BuildProperties {

  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  private BuildProperties() {}

  /** Reads the resource. */
  public static BuildInfo load() {
    Properties properties = new Properties();
    try (InputStream in = BuildProperties.class.getResourceAsStream("/metasrv-build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own build properties cannot be read", e);
    }
    return new BuildInfo(
        properties.getProperty("version", "unknown"),
        properties.getProperty("compatible-with", "unknown"),
        properties.getProperty("commit", ""),
        properties.getProperty("branch", ""),
        "Java " + Runtime.version(),
        hostname());
  }

  /** One line for {@code metasrv version} and the first line of the log. */
  public static String describe(BuildInfo build) {
    String commit = build.commit().isEmpty() ? "" : ", commit " + build.commit();
    return "Metasrv %s (contract of GreptimeDB %s%s, %s)"
        .formatted(build.version(), build.compatibleWith(), commit, build.runtime());
  }

  /** Asked of the kernel, not of the name service, which may be slow or absent. */
  private static String hostname() {
    try {
      return Files.exists(HOSTNAME) ? Files.readString(HOSTNAME).strip() : fromEnvironment();
    } catch (IOException e) {
      // A machine that does not tell its name has one for us nevertheless.
      return fromEnvironment();
    }
  }

  private static String fromEnvironment() {
    return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
  }
}
