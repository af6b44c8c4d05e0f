package io.metasrv.adapters.grpc;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the port, read again when their files change. A connection keeps those it was
 * opened with; the next one gets the new ones. Files that cannot be used leave the old ones in
 * place. Thread-safe.
 */
final class PortCertificates {

  private static final Logger LOG = LoggerFactory.getLogger(PortCertificates.class);

  private final PortTls tls;
  private volatile @Nullable SslContext current;
  private String fingerprint = "";
  private @Nullable Task watcher;

  PortCertificates(PortTls tls) {
    this.tls = tls;
  }

  /** What to secure a new connection with; empty if the port does not offer TLS. */
  Optional<SslContext> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Reads the files for the first time and starts to watch them, if that is wanted.
   *
   * @throws IOException if they cannot be used
   */
  void start(Runtime runtime) throws IOException {
    if (!tls.offersTls()) {
      return;
    }
    fingerprint = fingerprintOfFiles();
    current = load();
    tls.reloadEvery()
        .ifPresent(
            every ->
                watcher = runtime.start("grpc certificate watcher", () -> watch(runtime, every)));
  }

  void stop() {
    Task running = watcher;
    if (running != null) {
      running.cancel();
    }
  }

  private void watch(Runtime runtime, Duration every) throws InterruptedException {
    while (true) {
      runtime.sleep(every);
      reloadIfChanged();
    }
  }

  // Contents are compared, not times: secrets mounted by Kubernetes are swapped by links.
  private void reloadIfChanged() {
    try {
      String now = fingerprintOfFiles();
      if (now.equals(fingerprint)) {
        return;
      }
      // Taken as seen also if it turns out unusable, so that it is reported once.
      fingerprint = now;
      current = load();
      LOG.info("Certificates of the gRPC port were reloaded from {}", tls.certificate());
    } catch (IOException e) {
      LOG.error("Could not reload the certificates of the gRPC port; the old ones stay in use", e);
    }
  }

  private SslContext load() throws IOException {
    File certificate = file(tls.certificate());
    File key = file(tls.key());
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(certificate, key)
              .sslProvider(SslProvider.JDK)
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2,
                      ApplicationProtocolNames.HTTP_1_1));
      if (tls.authorities().isPresent()) {
        builder.trustManager(file(tls.authorities())).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "could not set up TLS for the gRPC port with certificate "
              + certificate
              + " and key "
              + key
              + "; check that both are PEM, that the key is PKCS#8 without a password and that"
              + " they belong together (grpc.tls.cert_path, grpc.tls.key_path,"
              + " grpc.tls.ca_cert_path)",
          e);
    }
  }

  private static File file(Optional<Path> path) {
    return path.orElseThrow().toFile();
  }

  private String fingerprintOfFiles() throws IOException {
    MessageDigest digest = sha256();
    for (Path path : files().toList()) {
      try {
        digest.update(Files.readAllBytes(path));
      } catch (IOException e) {
        throw new IOException(
            "could not read " + path + " for TLS of the gRPC port; check grpc.tls", e);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private Stream<Path> files() {
    return Stream.of(tls.certificate(), tls.key(), tls.authorities()).flatMap(Optional::stream);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
