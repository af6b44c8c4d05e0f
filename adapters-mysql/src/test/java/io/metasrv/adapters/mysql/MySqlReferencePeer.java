package io.metasrv.adapters.mysql;

import io.metasrv.testkit.election.ReferencePeer;
import io.metasrv.testkit.server.DatabaseServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The reference's election on MySQL (sheet 02 §13), with statements of its kind. */
final class MySqlReferencePeer implements ReferencePeer {

  private static final String ELECTION = "__metasrv_election";
  private static final String SEPARATOR = "||__metadata_lease_sep||";
  private static final String NOW = "DATE_FORMAT(NOW(4), '%Y-%m-%d %T.%f')";
  private static final String EXPIRY =
      "CONCAT(?, '" + SEPARATOR + "', DATE_FORMAT(NOW(4) + INTERVAL 5 SECOND, '%Y-%m-%d %T.%f'))";

  private final DatabaseServer server;
  private final String table;
  private final String address;
  private final boolean limitsTime;
  private Connection connection;
  private boolean leads;

  /**
   * @param limitsTime whether it sets {@code max_execution_time}, as the original always does
   */
  MySqlReferencePeer(DatabaseServer server, String metaTable, String address, boolean limitsTime)
      throws SQLException {
    this.limitsTime = limitsTime;
    this.table = "`" + metaTable + "_election`";
    this.address = address;
    this.server = server;
    this.connection = connect();
    execute(
        "CREATE TABLE IF NOT EXISTS %s (k VARBINARY(3072) PRIMARY KEY, v BLOB)".formatted(table));
    execute("INSERT IGNORE INTO %s VALUES ('__place_holder_for_lock', '')".formatted(table));
  }

  private Connection connect() throws SQLException {
    Connection fresh = MySqls.connect(server);
    try (var statement = fresh.createStatement()) {
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      statement.execute("SET SESSION wait_timeout = 5");
      statement.execute("SET SESSION innodb_lock_wait_timeout = 2");
      if (limitsTime) {
        statement.execute("SET SESSION max_execution_time = 5000");
      }
      return fresh;
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The row and the current time, in one statement. */
  private record Row(String origin, String value, boolean valid) {}

  private Optional<Row> row() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT v, " + NOW + " FROM " + table + " WHERE k = ?")) {
      query.setString(1, ELECTION);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        String origin = new String(rows.getBytes(1), StandardCharsets.UTF_8);
        String[] parts = origin.split(java.util.regex.Pattern.quote(SEPARATOR), -1);
        if (parts.length != 2 || parts[1].length() != "2026-11-23 09:34:11.703000".length()) {
          throw new SQLException("a row that the reference cannot read: " + origin);
        }
        return Optional.of(new Row(origin, parts[0], parts[1].compareTo(rows.getString(2)) > 0));
      }
    }
  }

  @Override
  public boolean round() throws SQLException {
    try {
      return campaignOnce();
    } catch (SQLException failed) {
      // As the original after any error: it steps down and connects anew.
      leads = false;
      connection.close();
      connection = connect();
      return false;
    }
  }

  private boolean campaignOnce() throws SQLException {
    Optional<Row> row = row();
    boolean valid = row.isPresent() && row.get().valid();
    boolean mine = row.isPresent() && row.get().value().equals(address);
    if (valid && mine) {
      inTransaction(() -> renew(row.get()));
      leads = true;
    } else if (leads) {
      leads = false;
    } else if (!valid) {
      inTransaction(() -> takeOver(row));
      leads = true;
    }
    return leads;
  }

  private interface Body {
    void run() throws SQLException;
  }

  private void inTransaction(Body body) throws SQLException {
    execute("BEGIN");
    boolean done = false;
    try {
      execute("SELECT * FROM %s FOR UPDATE".formatted(table));
      body.run();
      execute("COMMIT");
      done = true;
    } finally {
      if (!done) {
        execute("ROLLBACK");
      }
    }
  }

  private void renew(Row row) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE %s SET v = %s WHERE k = ? AND v = ?".formatted(table, EXPIRY))) {
      update.setString(1, address);
      update.setString(2, ELECTION);
      update.setString(3, row.origin());
      if (update.executeUpdate() != 1) {
        throw new SQLException("failed to update key");
      }
    }
  }

  private void takeOver(Optional<Row> before) throws SQLException {
    if (!row().map(Row::origin).equals(before.map(Row::origin))) {
      throw new SQLException("the leader's lease changed");
    }
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM %s WHERE k = ?".formatted(table));
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO %s (k, v) VALUES (?, %s)".formatted(table, EXPIRY))) {
      delete.setString(1, ELECTION);
      delete.executeUpdate();
      insert.setString(1, ELECTION);
      insert.setString(2, address);
      insert.executeUpdate();
    }
  }

  @Override
  public Optional<String> leader() throws SQLException {
    return row().filter(Row::valid).map(Row::value);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
