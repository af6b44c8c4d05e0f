package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.ConnectionSource;
import io.metasrv.adapters.jdbc.DatabaseAddress;
import io.metasrv.application.options.StoreOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Connections to one PostgreSQL server. User, password and TLS are given to the driver beside the
 * URL, so that no error of the driver can repeat them.
 */
final class PostgresSource implements ConnectionSource {

  private final DatabaseAddress address;
  private final Properties properties;
  private final Driver driver = new Driver();

  private PostgresSource(DatabaseAddress address, Properties properties) {
    this.address = address;
    this.properties = properties;
  }

  /**
   * @throws IllegalArgumentException if the address or the TLS options are wrong
   */
  static PostgresSource of(StoreOptions options) {
    if (options.addresses().isEmpty()) {
      throw new IllegalArgumentException("store_addrs is empty; postgres_store needs one address");
    }
    DatabaseAddress address = PostgresAddress.parse(options.addresses().getFirst());
    return new PostgresSource(address, properties(address, options));
  }

  private static Properties properties(DatabaseAddress address, StoreOptions options) {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, address.user());
    PGProperty.PASSWORD.set(properties, address.password().value());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.APPLICATION_NAME.set(
        properties, address.parameters().getOrDefault("application_name", "metasrv"));
    PostgresTls.configure(properties, options.tls(), address.parameters());
    return properties;
  }

  @Override
  public Connection open(Duration atMost) throws SQLException {
    // The driver counts in seconds; what is left over the caller bounds statement by statement.
    int seconds = Math.toIntExact(Math.max(1, atMost.plusMillis(999).toSeconds()));
    Properties bounded = new Properties();
    bounded.putAll(properties);
    PGProperty.CONNECT_TIMEOUT.set(bounded, seconds);
    PGProperty.SOCKET_TIMEOUT.set(bounded, seconds);
    @Nullable Connection connection = driver.connect(url(), bounded);
    if (connection == null) {
      throw new SQLException("PostgreSQL's driver does not take its own URL for " + endpoint());
    }
    return connection;
  }

  private String url() {
    return "jdbc:postgresql://%s/%s"
        .formatted(
            address.hostAndPort(),
            URLEncoder.encode(address.database(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  @Override
  public String endpoint() {
    return address.endpoint();
  }
}
