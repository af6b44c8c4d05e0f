package io.metasrv.application.options;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Reads certificates in PEM form. Shared by the adapters that take {@code backend_tls}. Stateless,
 * thread-safe.
 */
public final class PemCertificates {

  private PemCertificates() {}

  /**
   * Reads all certificates of a file's content; at least one.
   *
   * @param configKey for errors
   * @param path for errors
   * @throws IllegalArgumentException if there is none, or one that cannot be read
   */
  public static List<X509Certificate> parse(byte[] pem, String configKey, String path) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s: '%s' holds no readable PEM certificate: %s"
              .formatted(configKey, path, e.getMessage()),
          e);
    }
    throw new IllegalArgumentException(
        "%s: '%s' holds no PEM certificate".formatted(configKey, path));
  }
}
