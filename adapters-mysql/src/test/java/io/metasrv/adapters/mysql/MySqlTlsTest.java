package io.metasrv.adapters.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The modes of {@code backend_tls} on a MySQL with certificates it made itself, which name no host.
 */
final class MySqlTlsTest {

  private static Connection connect(TlsMode mode, String ca, String parameters)
      throws SQLException {
    StoreOptions options =
        MySqls.options(MySqls.shared(), MySqls.shared().port(), "unused")
            .withAddresses(
                List.of(MySqls.url(MySqls.shared(), MySqls.shared().port()) + parameters))
            .withTls(new TlsOptions(mode, "", "", ca, false));
    return MySqlSource.of(options).open(Duration.ofSeconds(20));
  }

  private static String cipher(TlsMode mode, String ca, String parameters) throws SQLException {
    return queried(connect(mode, ca, parameters), "SHOW STATUS LIKE 'Ssl_cipher'", 2);
  }

  private static String queried(Connection open, String sql, int column) throws SQLException {
    try (Connection connection = open;
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(column);
    }
  }

  private static String serversCa() throws SQLException {
    return queried(MySqls.connect(MySqls.shared()), "SELECT @@datadir", 1) + "ca.pem";
  }

  @ParameterizedTest
  @CsvSource({
    "DISABLE, '', false",
    "DISABLE, ?ssl-mode=REQUIRED, true",
    "PREFER, '', true",
    "PREFER, ?ssl-mode=DISABLED, true",
    "REQUIRE, '', true"
  })
  void theModeDecidesWhetherItIsEncrypted(TlsMode mode, String parameters, boolean encrypted)
      throws SQLException {
    assertThat(cipher(mode, "", parameters).isEmpty()).isNotEqualTo(encrypted);
  }

  @Test
  void theChainIsVerifiedAgainstTheCaGiven() throws SQLException {
    assertThat(cipher(TlsMode.VERIFY_CA, serversCa(), "")).isNotEmpty();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> cipher(TlsMode.VERIFY_CA, "", ""));
  }

  @Test
  void aCertificateForAnotherHostIsRefusedWhereTheNameIsVerified() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> cipher(TlsMode.VERIFY_FULL, serversCa(), ""));
  }

  @Test
  void aFileThatIsNotThereIsNamedWithItsKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cipher(TlsMode.REQUIRE, "/nowhere/ca.pem", ""))
        .withMessageContaining("backend_tls.ca_cert_path")
        .withMessageContaining("/nowhere/ca.pem");
  }
}
