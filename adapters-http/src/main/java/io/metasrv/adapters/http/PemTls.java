package io.metasrv.adapters.http;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of the HTTP port from PEM files. Certificates are read once, at start. */
final class PemTls {

  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemTls() {}

  /** Empty if the port speaks plain text. */
  static Optional<Tls> of(TlsOptions options) {
    if (!options.securesPort()) {
      return Optional.empty();
    }
    try {
      boolean verify = options.mode() == TlsMode.VERIFY_CA || options.mode() == TlsMode.VERIFY_FULL;
      return Optional.of(
          Tls.builder()
              .sslContext(context(options, verify))
              .clientAuth(verify ? TlsClientAuth.REQUIRED : TlsClientAuth.NONE)
              .build());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new ServiceException(
          StatusCode.INVALID_ARGUMENTS,
          "TLS of the HTTP port cannot be set up: %s; check http.tls.cert_path (%s) and key_path (%s)"
              .formatted(e, options.certPath(), options.keyPath()),
          e);
    }
  }

  private static SSLContext context(TlsOptions options, boolean verify)
      throws IOException, GeneralSecurityException {
    KeyStore keys = emptyStore();
    char[] noPassword = new char[0];
    Certificate[] chain = certificates(options.certPath()).toArray(Certificate[]::new);
    keys.setKeyEntry("port", key(Path.of(options.keyPath())), noPassword, chain);
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, noPassword);
    SSLContext context = SSLContext.getInstance("TLS");
    if (!verify) {
      context.init(keyManagers.getKeyManagers(), null, null);
      return context;
    }
    KeyStore trusted = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(options.caCertPath())) {
      trusted.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String path)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static PrivateKey key(Path path) throws IOException, GeneralSecurityException {
    String pem = Files.readString(path);
    if (!pem.contains("BEGIN PRIVATE KEY")) {
      throw new GeneralSecurityException(
          path + " holds no PKCS#8 key; convert it with: openssl pkcs8 -topk8 -nocrypt");
    }
    String base64 =
        pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----", "")
            .replaceAll("(?s)-----END PRIVATE KEY-----.*", "")
            .replaceAll("\\s", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException e) {
        if (algorithm.equals(KEY_ALGORITHMS.getLast())) {
          throw e;
        }
      }
    }
    throw new GeneralSecurityException("no algorithm fits the key in " + path);
  }
}
