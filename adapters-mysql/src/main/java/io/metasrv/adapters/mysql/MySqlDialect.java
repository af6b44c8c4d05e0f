package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.Identifiers;
import io.metasrv.adapters.jdbc.SqlDialect;
import io.metasrv.adapters.jdbc.SqlErrorKind;
import io.metasrv.domain.Bytes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * MySQL 8 and MariaDB 10.6 or later. Nothing here is known to only one of them: {@code LOCK IN
 * SHARE MODE} is what both call {@code FOR SHARE}, and the variable {@code max_execution_time}, for
 * which MariaDB refuses the reference, is not set.
 */
final class MySqlDialect implements SqlDialect {

  /** The reference's row that a full-table lock of an empty election table has to hold on to. */
  static final Bytes PLACEHOLDER = Bytes.utf8("__place_holder_for_lock");

  /** MEDIUMBLOB. */
  private static final int MAX_VALUE_BYTES = (1 << 24) - 1;

  private final String dataTable;
  private final String electionTable;

  MySqlDialect(String tableName) {
    this.dataTable = Identifiers.quoted("meta_table_name", tableName, '`');
    this.electionTable = Identifiers.quoted("meta_table_name", tableName + "_election", '`');
  }

  @Override
  public String name() {
    return "MySql";
  }

  @Override
  public String dataTable() {
    return dataTable;
  }

  @Override
  public String electionTable() {
    return electionTable;
  }

  @Override
  public String upsert(String table) {
    // VALUES() is the one form that all versions of both servers know.
    return "INSERT INTO %s (k, v) VALUES (?, ?) ON DUPLICATE KEY UPDATE v = VALUES(v)"
        .formatted(table);
  }

  @Override
  public int maxValueBytes(Handle handle) {
    return MySqlServerCheck.maxValueBytes(handle, MAX_VALUE_BYTES);
  }

  @Override
  public String databaseTime() {
    return "DATE_FORMAT(NOW(4), '%Y-%m-%d %T.%f')";
  }

  @Override
  public int leaseFractionDigits() {
    return 6;
  }

  @Override
  public void prepareTables(Handle handle) {
    MySqlServerCheck.usable(handle);
    new MySqlTables(dataTable, electionTable).prepare(handle);
  }

  @Override
  public List<String> storeSettings(Duration callTimeout) {
    return List.of(
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "SET SESSION innodb_lock_wait_timeout = 2");
  }

  @Override
  public List<String> campaignSettings(Duration lease) {
    return List.of(
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "SET SESSION innodb_lock_wait_timeout = " + atLeastOne(lease.dividedBy(2)),
        "SET SESSION wait_timeout = " + atLeastOne(lease.multipliedBy(2)));
  }

  private static long atLeastOne(Duration duration) {
    return Math.max(1, duration.toSeconds());
  }

  @Override
  public void begin(Handle handle, boolean repeatable, Duration limit) {
    if (repeatable) {
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    }
    // There is no limit for silence within a transaction, so the one between statements is lowered.
    handle.execute(
        "SET autocommit = 0, SESSION wait_timeout = %1$d, SESSION net_write_timeout = %1$d"
            .formatted(atLeastOne(limit)));
  }

  @Override
  public void afterTransaction(Handle handle) {
    handle.execute(
        "SET autocommit = 1, SESSION wait_timeout = DEFAULT, SESSION net_write_timeout = DEFAULT");
  }

  @Override
  public Bytes fenceLockKey(Bytes electionKey) {
    return PLACEHOLDER;
  }

  @Override
  public String fenceLock() {
    return "LOCK IN SHARE MODE";
  }

  @Override
  public String renewalLock() {
    return "FOR UPDATE";
  }

  @Override
  public boolean tryElectionLock(Handle handle) {
    return true;
  }

  @Override
  public void releaseElectionLock(Handle handle) {
    // Rows are all there is to lock.
  }

  @Override
  public SqlErrorKind kindOf(SQLException error) {
    return MySqlErrors.kindOf(error);
  }
}
