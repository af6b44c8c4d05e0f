package io.metasrv.adapters.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.TestCertificates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates on both sides, on a MySQL whose certificate names {@code localhost}. */
final class MySqlCertificatesTest {

  /** A user who has to show a certificate beside the password. */
  private static final String CERTIFIED = "certified";

  @TempDir private static Path directory;
  private static DatabaseServer server;
  private static String ca;
  private static TestCertificates.Pair ours;
  private static TestCertificates.Pair strangers;

  @BeforeAll
  static void startServer() throws Exception {
    TestCertificates certificates = TestCertificates.withRsaKeys(directory);
    ca = certificates.authority("ca").toString();
    TestCertificates.Pair servers = certificates.signedBy("ca", "server", "dns:localhost");
    ours = certificates.signedBy("ca", "ours", "dns:metasrv");
    certificates.authority("elsewhere");
    strangers = certificates.signedBy("elsewhere", "stranger", "dns:metasrv");
    server =
        MySqlServer.start(
            List.of(
                "--ssl-ca=" + ca,
                "--ssl-cert=" + servers.certificate(),
                "--ssl-key=" + servers.key()));
    MySqls.execute(
        server,
        "CREATE USER '%s'@'%%' IDENTIFIED BY '%s' REQUIRE X509"
            .formatted(CERTIFIED, DatabaseServer.PASSWORD),
        "GRANT ALL ON *.* TO '" + CERTIFIED + "'@'%'");
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static String cipher(String user, String host, TlsOptions tls) throws SQLException {
    String url =
        MySqls.url(host, server.port())
            .replace("//" + DatabaseServer.USER + ":", "//" + user + ":");
    try (Connection connection =
            MySqlSource.of(MySqls.options(url, "unused").withTls(tls))
                .open(java.time.Duration.ofSeconds(20));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
      rows.next();
      return rows.getString(2);
    }
  }

  private static TlsOptions with(TlsMode mode, TestCertificates.Pair own) {
    return new TlsOptions(mode, own.certificate().toString(), own.key().toString(), ca, false);
  }

  private static TlsOptions without(TlsMode mode) {
    return new TlsOptions(mode, "", "", ca, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
  void aCertificateOfOursIsShownWhereTheServerAsksForOne(TlsMode mode) throws SQLException {
    assertThat(cipher(CERTIFIED, "localhost", with(mode, ours))).isNotEmpty();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> cipher(CERTIFIED, "localhost", with(mode, strangers)));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> cipher(CERTIFIED, "localhost", without(mode)));
  }

  @Test
  void theNameIsVerifiedOnlyWhereAskedFor() throws SQLException {
    String user = DatabaseServer.USER;
    assertThat(cipher(user, "localhost", without(TlsMode.VERIFY_FULL))).isNotEmpty();
    assertThat(cipher(user, "127.0.0.1", without(TlsMode.VERIFY_CA))).isNotEmpty();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> cipher(user, "127.0.0.1", without(TlsMode.VERIFY_FULL)));
  }
}
