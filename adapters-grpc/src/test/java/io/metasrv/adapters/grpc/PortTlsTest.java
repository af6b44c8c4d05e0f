package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.adapters.grpc.TestCertificates.Pem;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ClientTls;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PortTlsTest {

  @TempDir static Path directory;
  private static Pem first;
  private static Pem second;
  private static Pem client;

  @BeforeAll
  static void certificates() throws Exception {
    first = TestCertificates.selfSigned(directory, "first");
    second = TestCertificates.selfSigned(directory, "second");
    client = TestCertificates.selfSigned(directory, "client");
  }

  @Test
  void givenTlsRequired_whenAClientTrustsTheCertificate_thenItIsServed() throws Exception {
    try (RunningServer server = tls(PortTls.Mode.REQUIRE, first, Optional.empty())) {
      assertThat(works(server, ClientTls.trusting(first.certificate()))).isTrue();
    }
  }

  @Test
  void givenTlsRequired_whenSpokenToInPlainText_thenTheConnectionIsClosed() throws Exception {
    try (RunningServer server = tls(PortTls.Mode.REQUIRE, first, Optional.empty())) {
      assertThat(plaintextStatus(server)).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(works(server, ClientTls.trusting(first.certificate()))).isTrue();
    }
  }

  @Test
  void givenPlainText_whenSpokenToInTls_thenTheConnectionIsClosedAndTheServerStaysUp()
      throws Exception {
    try (RunningServer server = new RunningServer()) {
      assertThat(works(server, ClientTls.trusting(first.certificate()))).isFalse();
      assertThat(plaintextStatus(server)).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void givenAClientThatTrustsSomeoneElse_thenItIsNotServed() throws Exception {
    try (RunningServer server = tls(PortTls.Mode.REQUIRE, first, Optional.empty())) {
      assertThat(works(server, ClientTls.trusting(second.certificate()))).isFalse();
      assertThat(works(server, ClientTls.trusting(first.certificate()))).isTrue();
    }
  }

  @Test
  void givenTlsPreferred_thenBothAreServedOnThePort() throws Exception {
    try (RunningServer server = tls(PortTls.Mode.PREFER, first, Optional.empty())) {
      assertThat(works(server, ClientTls.trusting(first.certificate()))).isTrue();
      assertThat(plaintextStatus(server)).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void givenAnAuthorityForClients_thenOnlyThoseItVouchesForAreServed() throws Exception {
    try (RunningServer server =
        tls(PortTls.Mode.VERIFY_CA, first, Optional.of(client.certificate()))) {
      assertThat(works(server, ClientTls.trusting(first.certificate()))).isFalse();
      assertThat(
              works(
                  server,
                  new ClientTls(
                      Optional.of(first.certificate()),
                      Optional.of(second.certificate()),
                      Optional.of(second.key()))))
          .isFalse();
      assertThat(
              works(
                  server,
                  new ClientTls(
                      Optional.of(first.certificate()),
                      Optional.of(client.certificate()),
                      Optional.of(client.key()))))
          .isTrue();
    }
  }

  @Test
  void givenTls_whenTheLegacyRoutesAreCalled_thenTheyAreServedWithinIt() throws Exception {
    try (RunningServer server = tls(PortTls.Mode.REQUIRE, first, Optional.empty());
        HttpClient http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(first.certificate()))
                .build()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("https://" + server.address() + "/admin/health"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("OK\n");
    }
  }

  @Test
  void givenWatchedFiles_whenTheyChange_thenNewConnectionsGetTheNewCertificate() throws Exception {
    Path certificate = directory.resolve("live.crt");
    Path key = directory.resolve("live.key");
    Files.copy(first.certificate(), certificate);
    Files.copy(first.key(), key);
    PortTls tls =
        new PortTls(
            PortTls.Mode.REQUIRE,
            Optional.of(certificate),
            Optional.of(key),
            Optional.empty(),
            Optional.of(Duration.ofMillis(50)));
    try (RunningServer server = new RunningServer(o -> o.withTls(tls))) {
      assertThat(shownName(server)).isEqualTo("CN=first");
      ManagedChannel old = server.channel(settings(ClientTls.trusting(first.certificate())));
      ConfigGrpc.newBlockingStub(old).pullConfig(PullConfigRequest.getDefaultInstance());

      // Half of a change, or a file that is none, keeps the old certificate.
      Files.writeString(certificate, "not a certificate");
      assertThat(shownName(server)).isEqualTo("CN=first");
      Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);

      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!shownName(server).equals("CN=second") && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(shownName(server)).isEqualTo("CN=second");
      assertThat(works(server, ClientTls.trusting(second.certificate()))).isTrue();
      // The connection that was open is not disturbed.
      assertThat(
              ConfigGrpc.newBlockingStub(old)
                  .pullConfig(PullConfigRequest.getDefaultInstance())
                  .getHeader())
          .isEqualTo(CannedServices.OK);
    }
  }

  @Test
  void givenFilesThatAreNone_whenStarted_thenTheErrorNamesThem() {
    Path missing = directory.resolve("missing.crt");
    assertThatThrownBy(
            () -> tls(PortTls.Mode.REQUIRE, new Pem(missing, first.key()), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("grpc.tls");
    assertThatThrownBy(
            () ->
                tls(
                    PortTls.Mode.REQUIRE,
                    new Pem(first.key(), first.certificate()),
                    Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not set up TLS for the gRPC port")
        .hasMessageContaining("grpc.tls.cert_path");
  }

  @Test
  void givenAModeWithoutItsFiles_thenTheErrorNamesTheOptions() {
    assertThatThrownBy(
            () ->
                new PortTls(
                    PortTls.Mode.REQUIRE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .hasMessageContaining("grpc.tls.cert_path and grpc.tls.key_path");
    assertThatThrownBy(() -> options(PortTls.Mode.VERIFY_CA, first, Optional.empty()))
        .hasMessageContaining("grpc.tls.ca_cert_path");
  }

  private static PortTls options(PortTls.Mode mode, Pem pem, Optional<Path> authorities) {
    return new PortTls(
        mode,
        Optional.of(pem.certificate()),
        Optional.of(pem.key()),
        authorities,
        Optional.empty());
  }

  private static RunningServer tls(PortTls.Mode mode, Pem pem, Optional<Path> authorities)
      throws IOException {
    return new RunningServer(o -> o.withTls(options(mode, pem, authorities)));
  }

  private static ChannelSettings settings(ClientTls tls) {
    return ChannelSettings.defaults().withConnectTimeout(Duration.ofSeconds(10)).withTls(tls);
  }

  private static boolean works(RunningServer server, ClientTls tls) {
    try {
      return ConfigGrpc.newBlockingStub(server.channel(settings(tls)))
          .pullConfig(PullConfigRequest.getDefaultInstance())
          .hasHeader();
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    }
  }

  private static Status.Code plaintextStatus(RunningServer server) {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ConfigGrpc.newBlockingStub(server.channel())
                    .pullConfig(PullConfigRequest.getDefaultInstance()));
    return failure == null ? Status.Code.OK : failure.getStatus().getCode();
  }

  /** The subject of the certificate that a new connection is shown. */
  private static String shownName(RunningServer server) throws Exception {
    SSLContext context = trusting(first.certificate(), second.certificate());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static SSLContext trusting(Path... certificates) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    for (Path file : certificates) {
      try (var in = Files.newInputStream(file)) {
        trusted.setCertificateEntry(
            file.toString(), CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
