package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS to an etcd that demands certificates, with an authority of the test's own. */
@Timeout(60)
final class EtcdTlsTest {

  @TempDir static Path directory;

  private static Path authority;
  private static Path strangeAuthority;
  private static TestCertificates.Pair ours;
  private static EtcdMembers etcd;

  @BeforeAll
  static void startServer() throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    authority = certificates.authority("ca");
    strangeAuthority = certificates.authority("strange");
    TestCertificates.Pair servers = certificates.signedBy("ca", "server", "ip:127.0.0.1");
    ours = certificates.signedBy("ca", "client", "dns:client");
    etcd =
        EtcdMembers.start(
            1,
            directory,
            "https",
            "--cert-file=" + servers.certificate(),
            "--key-file=" + servers.key(),
            "--trusted-ca-file=" + authority,
            "--client-cert-auth");
  }

  @AfterAll
  static void stopServer() {
    if (etcd != null) {
      etcd.close();
    }
  }

  private static TlsOptions tls(TlsMode mode) {
    return new TlsOptions(
        mode, ours.certificate().toString(), ours.key().toString(), authority.toString(), false);
  }

  private static StoreOptions options(TlsOptions tls, String... addresses) {
    return Etcds.options(addresses).withTls(tls);
  }

  private static void assertWorks(StoreOptions options) {
    try (EtcdConnection connection = EtcdConnection.open(options)) {
      EtcdStore store = new EtcdStore(connection, 128);
      store.put(Bytes.utf8("k"), Bytes.utf8("v"), Previous.DISCARD);
      assertThat(store.get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
  void theThreeModesThatWantTlsUseItWhateverTheAddressSays(TlsMode mode) {
    assertWorks(options(tls(mode), "127.0.0.1:" + etcd.port()));
    assertWorks(options(tls(mode), etcd.endpoints().getFirst()));
  }

  @Test
  void preferUsesTlsIfEveryAddressBeginsWithHttps() {
    assertWorks(options(tls(TlsMode.PREFER), etcd.endpoints().getFirst()));
    List<EtcdEndpoint> mixed = EtcdEndpoint.parseAll(List.of("https://a:1", "http://b:1"));
    List<EtcdEndpoint> all = EtcdEndpoint.parseAll(List.of("https://a:1", "HTTPS://b:1"));
    assertThat(EtcdTls.isWanted(TlsMode.PREFER, mixed)).isFalse();
    assertThat(EtcdTls.isWanted(TlsMode.PREFER, all)).isTrue();
    assertThat(EtcdTls.isWanted(TlsMode.DISABLE, all)).isFalse();
    assertThat(EtcdTls.isWanted(TlsMode.REQUIRE, mixed)).isTrue();
  }

  @Test
  void aServerOfAStrangeAuthorityIsNotTrusted() {
    TlsOptions strange =
        new TlsOptions(
            TlsMode.REQUIRE,
            ours.certificate().toString(),
            ours.key().toString(),
            strangeAuthority.toString(),
            false);

    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EtcdConnection.open(options(strange, etcd.endpoints().getFirst())))
        .withMessageContaining("127.0.0.1:" + etcd.port())
        .withMessageContaining("PKIX");
  }

  @Test
  void aServerUnderANameItsCertificateDoesNotHaveIsNotTrusted() {
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(
            () ->
                EtcdConnection.open(
                    options(tls(TlsMode.VERIFY_FULL), "https://localhost:" + etcd.port())))
        .withMessageContaining("localhost");
  }

  @Test
  void withoutTheCertificateTheServerDemandsTheStartFailsClearly() {
    TlsOptions anonymous = new TlsOptions(TlsMode.REQUIRE, "", "", authority.toString(), false);

    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EtcdConnection.open(options(anonymous, etcd.endpoints().getFirst())))
        .withMessageContaining("127.0.0.1:" + etcd.port());
  }

  @Test
  void plainTextToATlsPortFailsClearly() {
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(
            () -> EtcdConnection.open(options(tls(TlsMode.DISABLE), etcd.endpoints().getFirst())))
        .withMessageContaining("plain text");
  }

  @Test
  void anUnreadableFileIsNamedWithItsOption() throws Exception {
    String missing = directory.resolve("missing.pem").toString();
    String garbage = Files.writeString(directory.resolve("garbage.pem"), "garbage").toString();
    String good = ours.certificate().toString();

    for (String path : List.of(missing, garbage)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> openWith("", "", path))
          .withMessageContaining("ca_cert_path")
          .withMessageContaining(path);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> openWith(path, ours.key().toString(), ""))
          .withMessageContaining("cert_path")
          .withMessageContaining(path);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> openWith(good, path, ""))
          .withMessageContaining("key_path")
          .withMessageContaining(path);
    }
  }

  private static void openWith(String certificate, String key, String ca) {
    EtcdConnection.open(
            options(
                new TlsOptions(TlsMode.REQUIRE, certificate, key, ca, false),
                etcd.endpoints().getFirst()))
        .close();
  }
}
