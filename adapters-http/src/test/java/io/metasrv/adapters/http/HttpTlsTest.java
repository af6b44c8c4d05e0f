package io.metasrv.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.catalogue.CatalogueHandler;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.options.HttpOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.domain.error.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTlsTest {

  @TempDir Path directory;

  @Test
  void thePortSpeaksTlsWhenAskedTo() throws Exception {
    TlsOptions tls = certificate();
    HttpServer server = server(tls);
    server.start();
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(tls.certPath())).build()) {
      URI uri = URI.create("https://localhost:" + server.port() + "/health");
      assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
          .isEqualTo("{}");
      URI plain = URI.create("http://localhost:" + server.port() + "/health");
      assertThatThrownBy(
              () -> client.send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    } finally {
      server.stop();
    }
  }

  @Test
  void aFileThatIsNoCertificateIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("x.pem"), "nonsense");
    TlsOptions tls = new TlsOptions(TlsMode.REQUIRE, file.toString(), file.toString(), "", false);
    assertThatThrownBy(() -> server(tls))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("http.tls.cert_path (" + file + ")");
  }

  private HttpServer server(TlsOptions tls) {
    return new HttpServer(
        HttpOptions.defaults().withAddr("127.0.0.1:0").withTls(tls),
        new HttpServices(
            new InMemoryAdmin(),
            new InMemoryProcedures(),
            new CatalogueHandler(new InMemoryStore()),
            new InMemoryAdmin()::readiness,
            new PrometheusMetrics(),
            () -> "",
            new LogLevels() {
              @Override
              public String current() {
                return "info";
              }

              @Override
              public void change(String directives) {
                throw new IllegalArgumentException("fixed");
              }
            },
            new BuildInfo("0", "0", "", "", "", "")),
        Duration.ofSeconds(1));
  }

  /** A self-signed certificate of localhost, made by the JDK's keytool. */
  private TlsOptions certificate()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    Path cert = pem("cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded());
    Path key =
        pem("key.pem", "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
    return new TlsOptions(TlsMode.REQUIRE, cert.toString(), key.toString(), "", false);
  }

  private Path pem(String name, String type, byte[] content) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(content), type));
  }

  private static SSLContext trusting(String certPath) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(certPath))) {
      trusted.setCertificateEntry(
          "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
