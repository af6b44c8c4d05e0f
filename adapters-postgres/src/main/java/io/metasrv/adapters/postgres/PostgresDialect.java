package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.Identifiers;
import io.metasrv.adapters.jdbc.SqlDialect;
import io.metasrv.adapters.jdbc.SqlErrorKind;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.domain.Bytes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * PostgreSQL 14 or later: the reference's election needs {@code idle_session_timeout}, so that the
 * advisory lock of a session that fell silent becomes free.
 */
final class PostgresDialect implements SqlDialect {

  /** As MySQL's column, so that a store can be moved; the column itself would take 1 GiB. */
  private static final int MAX_VALUE_BYTES = (1 << 24) - 1;

  private final SqlOptions options;
  private final String table;

  /**
   * @param options table, schema, whether to make the schema, and the advisory lock's id
   */
  PostgresDialect(SqlOptions options) {
    this.options = options;
    String unqualified = Identifiers.quoted("meta_table_name", options.tableName(), '"');
    this.table = schema().map(schema -> schema + "." + unqualified).orElse(unqualified);
  }

  private java.util.Optional<String> schema() {
    return options
        .schemaName()
        .filter(name -> !name.isEmpty())
        .map(name -> Identifiers.quoted("meta_schema_name", name, '"'));
  }

  @Override
  public String name() {
    return "Postgres";
  }

  @Override
  public String dataTable() {
    return table;
  }

  @Override
  public String electionTable() {
    return table;
  }

  @Override
  public String upsert(String into) {
    return "INSERT INTO %s (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v"
        .formatted(into);
  }

  @Override
  public int maxValueBytes(Handle handle) {
    return MAX_VALUE_BYTES;
  }

  @Override
  public String databaseTime() {
    return "TO_CHAR(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS.US')";
  }

  @Override
  public int leaseFractionDigits() {
    return 3;
  }

  @Override
  public void prepareTables(Handle handle) {
    int version =
        handle
            .createQuery("SELECT current_setting('server_version_num')")
            .mapTo(Integer.class)
            .one();
    if (version < 140_000) {
      throw new IllegalStateException(
          "PostgreSQL is older than 14 (server_version_num %d) and has no idle_session_timeout, without which a silent leader is never replaced; use 14 or later"
              .formatted(version));
    }
    if (options.autoCreateSchema()) {
      schema().ifPresent(schema -> handle.execute("CREATE SCHEMA IF NOT EXISTS " + schema));
    }
    handle.execute("CREATE TABLE IF NOT EXISTS %s (k bytea PRIMARY KEY, v bytea)".formatted(table));
  }

  @Override
  public List<String> storeSettings(Duration callTimeout) {
    return List.of(
        "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "SET lock_timeout = 2000",
        "SET statement_timeout = " + callTimeout.toMillis());
  }

  @Override
  public List<String> campaignSettings(Duration lease) {
    return List.of(
        "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "SET idle_session_timeout = " + lease.toMillis(),
        "SET lock_timeout = " + lease.dividedBy(2).toMillis(),
        "SET statement_timeout = " + lease.toMillis());
  }

  @Override
  public void begin(Handle handle, boolean repeatable, Duration limit) {
    // The driver sends the statements at once.
    handle.execute(
        "BEGIN ISOLATION LEVEL %1$s; SET LOCAL idle_in_transaction_session_timeout = %2$d; SET LOCAL tcp_user_timeout = %2$d"
            .formatted(repeatable ? "REPEATABLE READ" : "READ COMMITTED", limit.toMillis()));
  }

  @Override
  public void afterTransaction(Handle handle) {
    // What was set was set for the transaction only.
  }

  @Override
  public Bytes fenceLockKey(Bytes electionKey) {
    return electionKey;
  }

  @Override
  public String fenceLock() {
    return "FOR KEY SHARE";
  }

  @Override
  public String renewalLock() {
    return "FOR NO KEY UPDATE";
  }

  @Override
  public boolean tryElectionLock(Handle handle) {
    return handle
        .createQuery("SELECT pg_try_advisory_lock(?)")
        .bind(0, options.electionLockId())
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void releaseElectionLock(Handle handle) {
    handle
        .createQuery("SELECT pg_advisory_unlock(?)")
        .bind(0, options.electionLockId())
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public SqlErrorKind kindOf(SQLException error) {
    return PostgresErrors.kindOf(error);
  }
}
