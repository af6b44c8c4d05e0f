package io.metasrv.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
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

/** The modes of {@code backend_tls} on a PostgreSQL whose certificate names {@code localhost}. */
final class PostgresTlsTest {

  @TempDir private static Path directory;
  private static DatabaseServer server;
  private static String ca;

  @BeforeAll
  static void startServer() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path certificate = directory.resolve("server.crt");
    Path key = directory.resolve("server.key");
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    if ("root".equals(System.getProperty("user.name"))) {
      run("chown", "postgres", key.toString());
    }
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    ca = certificate.toString();
    server =
        PostgresServer.start(
            List.of(
                "ssl = on",
                "ssl_cert_file = '" + certificate + "'",
                "ssl_key_file = '" + key + "'"));
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
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
    StoreOptions options =
        Postgreses.options(server, server.port(), Postgreses.fresh())
            .withAddresses(List.of(url))
            .withTls(new TlsOptions(mode, "", "", caFile, false));
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
}
