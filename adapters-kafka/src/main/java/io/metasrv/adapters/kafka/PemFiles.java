package io.metasrv.adapters.kafka;

import io.metasrv.domain.error.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates as PEM text, the form in which Kafka's clients take them. */
final class PemFiles {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemFiles() {}

  /**
   * Whom we trust: those of the file, and the roots that Java trusts, as the reference does.
   *
   * @throws ServiceException (InvalidArguments) if the file cannot be read
   */
  static String trusted(Optional<String> caFile) {
    StringBuilder text = new StringBuilder();
    caFile.ifPresent(
        file -> text.append(text("wal.tls.server_ca_cert_path", file).strip()).append('\n'));
    for (X509Certificate root : roots()) {
      append(text, root);
    }
    return text.toString();
  }

  /**
   * The text of a file.
   *
   * @param key the configuration's key that names it
   * @throws ServiceException (InvalidArguments) if it cannot be read
   */
  static String text(String key, String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ServiceException.invalidArguments(
          "The file `%s` that %s names cannot be read: %s".formatted(file, key, e));
    }
  }

  private static X509Certificate[] roots() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      @Nullable KeyStore systemDefault = null;
      factory.init(systemDefault);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager certificates) {
          return certificates.getAcceptedIssuers();
        }
      }
      return new X509Certificate[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java's own root certificates cannot be read", e);
    }
  }

  private static void append(StringBuilder text, X509Certificate certificate) {
    try {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(LINES.encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a root certificate of Java cannot be encoded: " + certificate.getSubjectX500Principal(),
          e);
    }
  }
}
