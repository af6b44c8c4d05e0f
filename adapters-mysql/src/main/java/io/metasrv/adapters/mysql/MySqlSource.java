package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.ConnectionSource;
import io.metasrv.adapters.jdbc.DatabaseAddress;
import io.metasrv.application.options.StoreOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one MySQL server. User, password and TLS are given to the driver beside the URL,
 * so that no error of the driver can repeat them. The session's time zone is left alone: times of
 * leases are compared in the server's own (sheet 02 §6.2).
 */
final class MySqlSource implements ConnectionSource {

  private static final int DEFAULT_PORT = 3306;

  private final DatabaseAddress address;
  private final Properties properties;
  private final Driver driver;

  private MySqlSource(DatabaseAddress address, Properties properties, Driver driver) {
    this.address = address;
    this.properties = properties;
    this.driver = driver;
  }

  /**
   * @throws IllegalArgumentException if the address or the TLS options are wrong
   */
  static MySqlSource of(StoreOptions options) {
    if (options.addresses().isEmpty()) {
      throw new IllegalArgumentException("store_addrs is empty; mysql_store needs one address");
    }
    DatabaseAddress address =
        DatabaseAddress.parseUrl(
            options.addresses().getFirst(), List.of("mysql", "mariadb"), DEFAULT_PORT);
    if (address.database().isEmpty()) {
      throw new IllegalArgumentException(
          "store_addrs: the address of mysql_store names no database; append /DATABASE");
    }
    try {
      return new MySqlSource(address, properties(address, options), new com.mysql.cj.jdbc.Driver());
    } catch (SQLException e) {
      throw new IllegalStateException("MySQL's driver cannot be used", e);
    }
  }

  private static Properties properties(DatabaseAddress address, StoreOptions options) {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password().value());
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("rewriteBatchedStatements", "true");
    properties.setProperty("useLocalSessionState", "true");
    // What the default login method needs where there is no TLS.
    properties.setProperty("allowPublicKeyRetrieval", "true");
    MySqlTls.configure(properties, options.tls(), address.parameters());
    return properties;
  }

  @Override
  public Connection open(Duration atMost) throws SQLException {
    String milliseconds = Long.toString(Math.max(1, atMost.toMillis()));
    Properties bounded = new Properties();
    bounded.putAll(properties);
    bounded.setProperty("connectTimeout", milliseconds);
    bounded.setProperty("socketTimeout", milliseconds);
    @Nullable Connection connection = driver.connect(url(), bounded);
    if (connection == null) {
      throw new SQLException("MySQL's driver does not take its own URL for " + endpoint());
    }
    return connection;
  }

  private String url() {
    return "jdbc:mysql://%s/%s"
        .formatted(
            address.hostAndPort(),
            URLEncoder.encode(address.database(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  @Override
  public String endpoint() {
    return address.endpoint();
  }
}
