package io.metasrv.adapters.jdbc;

import io.metasrv.application.options.PemCertificates;
import io.metasrv.application.options.PemPrivateKey;
import io.metasrv.application.options.TlsOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The PEM files of {@code backend_tls} in the form that JDBC drivers take: key stores in files only
 * this user can read, under a password drawn at each start, removed when the process ends.
 *
 * @param trust whom to believe: the system's roots and {@code ca_cert_path}; empty if nobody is
 *     verified
 * @param identity certificate and key of this side, if both were given; its alias is {@code user}
 * @param password of both
 */
public record TlsFiles(Optional<Path> trust, Optional<Path> identity, String password) {

  /** What pgjdbc looks for. */
  private static final String ALIAS = "user";

  /**
   * Reads the files.
   *
   * @param verifies whether the server's certificate is verified
   * @throws IllegalArgumentException if one cannot be read or does not hold what it should; the
   *     message names the file and its config key
   */
  public static TlsFiles of(TlsOptions options, boolean verifies) {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    try {
      List<X509Certificate> configured = configuredRoots(options);
      Optional<Path> trust = verifies ? Optional.of(trust(configured, password)) : Optional.empty();
      return new TlsFiles(trust, identity(options, password), password);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("backend_tls: no key store could be made: " + e, e);
    }
  }

  /** Read in any case, so that a file that cannot be used is noticed. */
  private static List<X509Certificate> configuredRoots(TlsOptions options) {
    return options.caCertPath().isEmpty()
        ? List.of()
        : certificates("backend_tls.ca_cert_path", options.caCertPath());
  }

  private static Path trust(List<X509Certificate> configured, String password)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = empty();
    int count = 0;
    for (Certificate root : systemRoots()) {
      trusted.setCertificateEntry("system-" + count++, root);
    }
    for (Certificate ca : configured) {
      trusted.setCertificateEntry("configured-" + count++, ca);
    }
    return write(trusted, password);
  }

  private static Optional<Path> identity(TlsOptions options, String password)
      throws GeneralSecurityException, IOException {
    if (!options.hasCertificate()) {
      return Optional.empty();
    }
    KeyStore own = empty();
    own.setKeyEntry(
        ALIAS,
        PemPrivateKey.parse(read("backend_tls.key_path", options.keyPath()), options.keyPath()),
        password.toCharArray(),
        certificates("backend_tls.cert_path", options.certPath()).toArray(Certificate[]::new));
    return Optional.of(write(own, password));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Path write(KeyStore store, String password)
      throws GeneralSecurityException, IOException {
    Path file =
        Files.createTempFile(
            "metasrv-tls-",
            ".p12",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }

  private static List<? extends Certificate> systemRoots() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return List.of(x509.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static List<X509Certificate> certificates(String configKey, String path) {
    return PemCertificates.parse(read(configKey, path), configKey, path);
  }

  private static byte[] read(String configKey, String path) {
    try {
      return Files.readAllBytes(Path.of(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: cannot read '%s': %s".formatted(configKey, path, e), e);
    }
  }
}
