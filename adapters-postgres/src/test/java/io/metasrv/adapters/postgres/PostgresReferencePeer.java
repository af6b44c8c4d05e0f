package io.metasrv.adapters.postgres;

import io.metasrv.application.options.SqlOptions;
import io.metasrv.testkit.election.ReferencePeer;
import io.metasrv.testkit.server.DatabaseServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The reference's election on PostgreSQL (sheet 02 §14), with statements of its kind. */
final class PostgresReferencePeer implements ReferencePeer {

  private static final String SEPARATOR = "||__metadata_lease_sep||";
  private static final String FORM = "'YYYY-MM-DD HH24:MI:SS.MS'";
  private static final String EXPIRY =
      "convert_to(? || '%s' || TO_CHAR(CURRENT_TIMESTAMP + INTERVAL '1 second' * 5, %s), 'UTF8')"
          .formatted(SEPARATOR, FORM);

  private final DatabaseServer server;
  private final SqlOptions options;
  private final byte[] electionKey;
  private final String address;
  private Connection connection;
  private boolean leads;

  PostgresReferencePeer(DatabaseServer server, SqlOptions options, String prefix, String address)
      throws SQLException {
    this.options = options;
    this.electionKey = (prefix + "__metasrv_election").getBytes(StandardCharsets.UTF_8);
    this.address = address;
    this.server = server;
    this.connection = connect();
  }

  private Connection connect() throws SQLException {
    Connection fresh = Postgreses.connect(server);
    try (var statement = fresh.createStatement()) {
      statement.execute("SET idle_session_timeout = '5s'");
      statement.execute("SET statement_timeout = '5s'");
    }
    return fresh;
  }

  private record Row(String origin, String value, boolean valid) {}

  private Optional<Row> row() throws SQLException {
    String sql =
        "SELECT v, TO_CHAR(CURRENT_TIMESTAMP, %s) FROM \"%s\" WHERE k = ?"
            .formatted(FORM, options.tableName());
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setBytes(1, electionKey);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        String origin = new String(rows.getBytes(1), StandardCharsets.UTF_8);
        String[] parts = origin.split(java.util.regex.Pattern.quote(SEPARATOR), -1);
        if (parts.length != 2 || parts[1].length() != "2026-11-23 09:34:11.703".length()) {
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
    boolean locked = lock("pg_try_advisory_lock");
    Optional<Row> row = row();
    boolean mine = row.isPresent() && row.get().valid() && row.get().value().equals(address);
    if (locked && leads && mine) {
      renew(row.get());
    } else if (locked && leads) {
      delete();
      lock("pg_advisory_unlock");
      leads = false;
    } else if (locked) {
      delete();
      insert();
      leads = true;
    } else {
      leads = false;
    }
    return leads;
  }

  private boolean lock(String function) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT " + function + "(?)")) {
      query.setLong(1, options.electionLockId());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private void renew(Row row) throws SQLException {
    String sql =
        "UPDATE \"%s\" SET v = %s WHERE k = ? AND v = ?".formatted(options.tableName(), EXPIRY);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, address);
      update.setBytes(2, electionKey);
      update.setBytes(3, row.origin().getBytes(StandardCharsets.UTF_8));
      if (update.executeUpdate() != 1) {
        throw new SQLException("failed to update key");
      }
    }
  }

  private void delete() throws SQLException {
    String sql = "DELETE FROM \"%s\" WHERE k = ?".formatted(options.tableName());
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setBytes(1, electionKey);
      delete.executeUpdate();
    }
  }

  private void insert() throws SQLException {
    String sql =
        "INSERT INTO \"%s\" (k, v) VALUES (?, %s) ON CONFLICT (k) DO NOTHING"
            .formatted(options.tableName(), EXPIRY);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, electionKey);
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
