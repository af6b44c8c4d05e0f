package io.metasrv.benchmarks.backends;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Bare JDBC on a pool as large as ours. What one statement can do is one statement with autocommit:
 * one round trip, atomic and durable.
 */
final class SqlBaseline implements Baseline {

  private static final String TABLE = "raw_store";

  private final HikariDataSource pool;
  private final Dialect dialect;

  /** What the two databases differ in. */
  enum Dialect {
    MYSQL(
        "CREATE TABLE %s (k VARBINARY(3072) PRIMARY KEY, v MEDIUMBLOB)",
        "ON DUPLICATE KEY UPDATE v = VALUES(v)"),
    POSTGRES(
        "CREATE TABLE %s (k bytea PRIMARY KEY, v bytea)",
        "ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v");

    private final String create;
    private final String orReplace;

    Dialect(String create, String orReplace) {
      this.create = create;
      this.orReplace = orReplace;
    }
  }

  /**
   * @param url with what the driver needs to know, but for user and password
   */
  SqlBaseline(Dialect dialect, String url, String user, String password, int connections)
      throws SQLException {
    this.dialect = dialect;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(connections);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setPoolName("raw");
    pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(dialect.create.formatted(TABLE));
    }
  }

  @Override
  public void put(byte[] key, byte[] value) throws SQLException {
    putAll(List.of(new Pair(key, value)));
  }

  @Override
  public void putAll(List<Pair> pairs) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      upsert(connection, pairs);
    }
  }

  private void upsert(Connection connection, List<Pair> pairs) throws SQLException {
    String rows = String.join(", ", Collections.nCopies(pairs.size(), "(?, ?)"));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s (k, v) VALUES %s %s".formatted(TABLE, rows, dialect.orReplace))) {
      int position = 1;
      for (Pair pair : pairs) {
        statement.setBytes(position++, pair.key());
        statement.setBytes(position++, pair.value());
      }
      statement.executeUpdate();
    }
  }

  @Override
  public byte[] get(byte[] key) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return get(connection, key);
    }
  }

  private static byte[] get(Connection connection, byte[] key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT v FROM %s WHERE k = ?".formatted(TABLE))) {
      statement.setBytes(1, key);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalStateException("the baseline lost a key");
        }
        return rows.getBytes(1);
      }
    }
  }

  @Override
  public int getAll(List<byte[]> keys) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return select(connection, keys, "").size();
    }
  }

  private static List<Pair> select(Connection connection, List<byte[]> keys, String lock)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(keys.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT k, v FROM %s WHERE k IN (%s) %s".formatted(TABLE, marks, lock))) {
      int position = 1;
      for (byte[] key : keys) {
        statement.setBytes(position++, key);
      }
      return pairs(statement);
    }
  }

  private static List<Pair> pairs(PreparedStatement statement) throws SQLException {
    List<Pair> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(new Pair(rows.getBytes(1), rows.getBytes(2)));
      }
    }
    return found;
  }

  @Override
  public byte[] replace(byte[] key, byte[] expected, byte[] value) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE %s SET v = ? WHERE k = ? AND v = ?".formatted(TABLE))) {
      statement.setBytes(1, value);
      statement.setBytes(2, key);
      statement.setBytes(3, expected);
      return statement.executeUpdate() == 1 ? expected : get(connection, key);
    }
  }

  @Override
  public int range(byte[] from, byte[] to) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT k, v FROM %s WHERE k >= ? AND k < ? ORDER BY k".formatted(TABLE))) {
      statement.setBytes(1, from);
      statement.setBytes(2, to);
      return pairs(statement).size();
    }
  }

  @Override
  public boolean replaceAll(List<byte[]> keys, byte[] expected, byte[] value) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      List<Pair> found = select(connection, keys, "FOR UPDATE");
      boolean holds =
          found.size() == keys.size()
              && found.stream().allMatch(pair -> Arrays.equals(pair.value(), expected));
      if (holds) {
        upsert(connection, keys.stream().map(key -> new Pair(key, value)).toList());
        connection.commit();
      } else {
        connection.rollback();
      }
      connection.setAutoCommit(true);
      return holds;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
