package io.metasrv.adapters.zookeeper;

import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;

/**
 * What {@code backend_tls} means for ZooKeeper. A port of ZooKeeper either speaks TLS or does not,
 * and an address says nothing about it, so {@code disable} and {@code prefer} are plain text; the
 * other three are TLS and always verify chain and host name, against the CA given, or else the
 * system's roots. A certificate of our own is shown if both its files are given.
 */
final class ZooKeeperTls {

  private ZooKeeperTls() {}

  /** Whether connections use TLS. */
  static boolean isWanted(TlsMode mode) {
    return switch (mode) {
      case DISABLE, PREFER -> false;
      case REQUIRE, VERIFY_CA, VERIFY_FULL -> true;
    };
  }

  /**
   * Puts what is wanted into the client's settings.
   *
   * @return a file that has to be there as long as the connection is used, and to be removed then
   * @throws IllegalArgumentException if a file cannot be read; the message names it and its key
   */
  static Optional<Path> configure(ZKClientConfig config, TlsOptions options) {
    if (!isWanted(options.mode())) {
      return Optional.empty();
    }
    config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    config.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    try (ClientX509Util names = new ClientX509Util()) {
      if (!options.caCertPath().isEmpty()) {
        String unused = read("backend_tls.ca_cert_path", options.caCertPath());
        config.setProperty(names.getSslTruststoreLocationProperty(), options.caCertPath());
        config.setProperty(names.getSslTruststoreTypeProperty(), "PEM");
      }
      if (!options.hasCertificate()) {
        return Optional.empty();
      }
      Path both = joined(options);
      config.setProperty(names.getSslKeystoreLocationProperty(), both.toString());
      config.setProperty(names.getSslKeystoreTypeProperty(), "PEM");
      return Optional.of(both);
    }
  }

  /** ZooKeeper's client wants certificate and key in one file; only the owner may read ours. */
  private static Path joined(TlsOptions options) {
    String certificate = read("backend_tls.cert_path", options.certPath());
    String key = read("backend_tls.key_path", options.keyPath());
    try {
      Path file =
          Files.createTempFile(
              "metasrv-zookeeper-",
              ".pem",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, key + "\n" + certificate);
      return file;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "backend_tls: cannot write the temporary file that holds certificate and key: " + e, e);
    }
  }

  private static String read(String configKey, String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: cannot read '%s': %s".formatted(configKey, path, e), e);
    }
  }
}
