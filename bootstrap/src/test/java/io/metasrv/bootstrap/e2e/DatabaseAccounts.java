package io.metasrv.bootstrap.e2e;

import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * A database server with a user whose password a test chooses.
 *
 * @param backend the config's word
 * @param server ends with the test
 * @param driver of the database
 * @param jdbc the address for it
 * @param createUser SQL that makes the user with the password put into it
 * @param changePassword SQL that gives the user another
 * @param backslashEscapes whether strings of its SQL know backslashes
 */
record DatabaseAccounts(
    String backend,
    DatabaseServer server,
    Driver driver,
    String jdbc,
    String createUser,
    String changePassword,
    boolean backslashEscapes)
    implements AutoCloseable {

  /** Who has the password. */
  static final String USER = "awkward";

  static DatabaseAccounts mySql() throws SQLException {
    DatabaseServer server = MySqlServer.start();
    return new DatabaseAccounts(
            "mysql_store",
            server,
            new com.mysql.cj.jdbc.Driver(),
            "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true"
                .formatted(server.host(), server.port(), DatabaseServer.DATABASE),
            "CREATE USER '" + USER + "'@'%' IDENTIFIED BY ",
            "ALTER USER '" + USER + "'@'%' IDENTIFIED BY ",
            true)
        .withUser("GRANT ALL ON *.* TO '" + USER + "'@'%'");
  }

  static DatabaseAccounts postgres() throws SQLException {
    DatabaseServer server = PostgresServer.start();
    return new DatabaseAccounts(
            "postgres_store",
            server,
            new org.postgresql.Driver(),
            "jdbc:postgresql://%s:%d/%s"
                .formatted(server.host(), server.port(), DatabaseServer.DATABASE),
            "CREATE ROLE " + USER + " SUPERUSER LOGIN PASSWORD ",
            "ALTER ROLE " + USER + " PASSWORD ",
            false)
        .withUser("SELECT 1");
  }

  private DatabaseAccounts withUser(String grant) throws SQLException {
    run(createUser + "'none yet'");
    run(grant);
    return this;
  }

  /** From now on the user logs in with this. */
  void setPassword(String password) throws SQLException {
    run(changePassword + AwkwardPasswords.inSql(password, backslashEscapes));
  }

  private void run(String sql) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", DatabaseServer.USER);
    properties.setProperty("password", DatabaseServer.PASSWORD);
    try (Connection connection = Objects.requireNonNull(driver.connect(jdbc, properties));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Every form of {@code store_addrs} with a place for a password. */
  List<UnaryOperator<String>> forms() {
    UnaryOperator<String> url = password -> url(AwkwardPasswords.encoded(password), server.port());
    if (backend.equals("mysql_store")) {
      return List.of(url);
    }
    String words =
        "host=%s port=%d user=%s dbname=%s password="
            .formatted(server.host(), server.port(), USER, DatabaseServer.DATABASE);
    return List.of(
        url,
        password ->
            "postgresql://%s:%d/%s?user=%s&password=%s"
                .formatted(
                    server.host(),
                    server.port(),
                    DatabaseServer.DATABASE,
                    USER,
                    AwkwardPasswords.encoded(password)),
        password -> words + AwkwardPasswords.quoted(password),
        password -> words + AwkwardPasswords.escaped(password));
  }

  /** The usual form, with what stands for the password, to any port. */
  String url(String password, int port) {
    return "%s://%s:%s@%s:%d/%s"
        .formatted(
            backend.replace("_store", "").replace("postgres", "postgresql"),
            USER,
            password,
            server.host(),
            port,
            DatabaseServer.DATABASE);
  }

  @Override
  public void close() {
    server.close();
  }
}
