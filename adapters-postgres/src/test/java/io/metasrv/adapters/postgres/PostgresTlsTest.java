package io.metasrv.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.server.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The modes of {@code backend_tls} on a PostgreSQL whose certificate names {@code localhost}. */
final class PostgresTlsTest {

  /** A role that has to show a certificate beside its password. */
  private static final String CERTIFIED = "certified";

  @TempDir private static Path directory;
  private static DatabaseServer server;
  private static String ca;
  private static TestCertificates.Pair ours;
  private static TestCertificates.Pair strangers;

  @BeforeAll
  static void startServer() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    TestCertificates certificates = new TestCertificates(directory);
    ca = certificates.authority("ca").toString();
    TestCertificates.Pair servers = certificates.signedBy("ca", "server", "dns:localhost");
    ours = certificates.signedBy("ca", "ours", "dns:metasrv");
    certificates.authority("elsewhere");
    strangers = certificates.signedBy("elsewhere", "stranger", "dns:metasrv");
    if ("root".equals(System.getProperty("user.name"))) {
      assertThat(
              new ProcessBuilder("chown", "postgres", servers.key().toString()).start().waitFor())
          .isZero();
    }
    Files.setPosixFilePermissions(servers.key(), PosixFilePermissions.fromString("rw-------"));
    Path access =
        Files.writeString(
            directory.resolve("pg_hba.conf"),
            """
            hostssl all %1$s 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
            hostnossl all %1$s 127.0.0.1/32 reject
            host all all 127.0.0.1/32 scram-sha-256
            """
                .formatted(CERTIFIED));
    server =
        PostgresServer.start(
            List.of(
                "ssl = on",
                "ssl_ca_file = '" + ca + "'",
                "ssl_cert_file = '" + servers.certificate() + "'",
                "ssl_key_file = '" + servers.key() + "'",
                "hba_file = '" + access + "'"));
    Postgreses.execute(
        server, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(CERTIFIED, DatabaseServer.PASSWORD));
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static boolean isEncrypted(String host, TlsMode mode, String caFile, String parameters)
      throws SQLException {
    String url = Postgreses.url(server, server.port()).replace("127.0.0.1", host) + parameters;
    return isEncrypted(url, new TlsOptions(mode, "", "", caFile, false));
  }

  private static boolean isEncrypted(String url, TlsOptions tls) throws SQLException {
    StoreOptions options = Postgreses.options(url, Postgreses.fresh()).withTls(tls);
    try (Connection connection = PostgresSource.of(options).open(Duration.ofSeconds(20));
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DISABLE, '', false",
    "DISABLE, ?sslmode=require, true",
    "PREFER, '', true",
    "PREFER, ?sslmode=disable, false",
    "REQUIRE, '', true",
    "REQUIRE, ?sslmode=disable, true"
  })
  void theModeDecidesWhetherItIsEncrypted(TlsMode mode, String parameters, boolean encrypted)
      throws SQLException {
    assertThat(isEncrypted("127.0.0.1", mode, "", parameters)).isEqualTo(encrypted);
  }

  @Test
  void theChainIsVerifiedAgainstTheCaGivenAndTheNameOnlyWhereAskedFor() throws SQLException {
    assertThat(isEncrypted("127.0.0.1", TlsMode.VERIFY_CA, ca, "")).isTrue();
    assertThat(isEncrypted("localhost", TlsMode.VERIFY_FULL, ca, "")).isTrue();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> isEncrypted("127.0.0.1", TlsMode.VERIFY_FULL, ca, ""));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> isEncrypted("127.0.0.1", TlsMode.VERIFY_CA, "", ""));
  }

  private static boolean isEncryptedAsCertified(TlsMode mode, TestCertificates.Pair own)
      throws SQLException {
    String url =
        Postgreses.url("localhost", server.port())
            .replace("//" + DatabaseServer.USER + ":", "//" + CERTIFIED + ":");
    return isEncrypted(
        url, new TlsOptions(mode, own.certificate().toString(), own.key().toString(), ca, false));
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
  void aCertificateOfOursIsShownWhereTheServerAsksForOne(TlsMode mode) throws SQLException {
    assertThat(isEncryptedAsCertified(mode, ours)).isTrue();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> isEncryptedAsCertified(mode, strangers));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                isEncrypted(
                    Postgreses.url("localhost", server.port())
                        .replace("//" + DatabaseServer.USER + ":", "//" + CERTIFIED + ":"),
                    new TlsOptions(mode, "", "", ca, false)))
        .withMessageContaining("certificate");
  }
}
