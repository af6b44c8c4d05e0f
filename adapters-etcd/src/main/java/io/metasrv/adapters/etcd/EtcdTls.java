package io.metasrv.adapters.etcd;

import io.grpc.netty.GrpcSslContexts;
import io.metasrv.application.options.PemCertificates;
import io.metasrv.application.options.PemPrivateKey;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code backend_tls} means for etcd (sheet 02 §5). {@code disable} is plain text; {@code
 * prefer} is TLS if every endpoint begins with {@code https}; the other three are TLS and differ in
 * nothing, as in the reference: chain and host name are always verified, against the system's roots
 * and the CA given. A certificate of our own is shown if both its files are given.
 */
final class EtcdTls {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdTls.class);

  private EtcdTls() {}

  /** Whether connections to these endpoints use TLS. */
  static boolean isWanted(TlsMode mode, List<EtcdEndpoint> endpoints) {
    return switch (mode) {
      case DISABLE -> false;
      case REQUIRE, VERIFY_CA, VERIFY_FULL -> true;
      case PREFER -> {
        boolean all = endpoints.stream().allMatch(EtcdEndpoint::https);
        if (!all && endpoints.stream().anyMatch(EtcdEndpoint::https)) {
          LOG.warn(
              "Only some of store_addrs begin with https, so etcd is spoken to in plain text;"
                  + " give all of them https, or set backend_tls.mode = \"require\"");
        }
        yield all;
      }
    };
  }

  /**
   * The context for connections, or empty for plain text.
   *
   * @throws IllegalArgumentException if a file cannot be read or does not hold what it should; the
   *     message names the file and its config key
   */
  static Optional<SslContext> context(TlsOptions options, List<EtcdEndpoint> endpoints) {
    if (!isWanted(options.mode(), endpoints)) {
      return Optional.empty();
    }
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    if (!options.caCertPath().isEmpty()) {
      builder.trustManager(systemRootsAnd(options.caCertPath()));
    }
    if (options.hasCertificate()) {
      builder.keyManager(
          PemPrivateKey.parse(read("backend_tls.key_path", options.keyPath()), options.keyPath()),
          certificates("backend_tls.cert_path", options.certPath())
              .toArray(X509Certificate[]::new));
    }
    try {
      return Optional.of(builder.build());
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "backend_tls: the certificate '%s' and the key '%s' do not fit each other: %s"
              .formatted(options.certPath(), options.keyPath(), e.getMessage()),
          e);
    }
  }

  private static TrustManager systemRootsAnd(String caCertPath) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (X509Certificate root : systemRoots()) {
        trusted.setCertificateEntry("system-" + count++, root);
      }
      for (X509Certificate ca : certificates("backend_tls.ca_cert_path", caCertPath)) {
        trusted.setCertificateEntry("configured-" + count++, ca);
      }
      return trustManager(trusted);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "backend_tls.ca_cert_path: cannot trust the certificates of '%s': %s"
              .formatted(caCertPath, e.getMessage()),
          e);
    }
  }

  private static List<X509Certificate> systemRoots() throws GeneralSecurityException {
    return List.of(trustManager(null).getAcceptedIssuers());
  }

  private static X509TrustManager trustManager(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("this JDK has no X.509 trust manager");
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
