package io.metasrv.adapters.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.metasrv.application.port.Runtime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A pool of connections to one database. A connection that was idle is verified before it is used.
 * Thread-safe.
 */
final class SqlConnections implements AutoCloseable {

  /** The least the pool allows. */
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(250);

  private final ConnectionSource source;
  private final SqlDialect dialect;
  private final Runtime runtime;
  private final Duration callTimeout;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private SqlConnections(
      ConnectionSource source,
      SqlDialect dialect,
      Runtime runtime,
      Duration callTimeout,
      HikariDataSource pool) {
    this.source = source;
    this.dialect = dialect;
    this.runtime = runtime;
    this.callTimeout = callTimeout;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Connects when a connection is first asked for.
   *
   * @param purpose for thread names
   * @param callTimeout the longest that one call takes, getting a connection included
   */
  static SqlConnections open(
      String purpose,
      ConnectionSource source,
      SqlDialect dialect,
      Runtime runtime,
      Duration callTimeout,
      int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(dialect.name() + "-" + purpose);
    config.setDataSource(
        new DriverDataSource(source, dialect.storeSettings(callTimeout), callTimeout));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(atLeast(callTimeout));
    config.setValidationTimeout(atLeast(callTimeout.dividedBy(4)));
    config.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
    config.setMaxLifetime(TimeUnit.MINUTES.toMillis(30));
    config.setKeepaliveTime(TimeUnit.SECONDS.toMillis(30));
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(true);
    return new SqlConnections(source, dialect, runtime, callTimeout, new HikariDataSource(config));
  }

  private static long atLeast(Duration timeout) {
    return Math.max(timeout.toMillis(), LEAST_TIMEOUT.toMillis());
  }

  SqlDialect dialect() {
    return dialect;
  }

  Runtime runtime() {
    return runtime;
  }

  Duration callTimeout() {
    return callTimeout;
  }

  /** {@code host:port/database}. */
  String endpoint() {
    return source.endpoint();
  }

  /**
   * A connection from the pool; given back by closing the session.
   *
   * @throws ConnectionException if there is none in time
   */
  SqlSession borrow(Deadline deadline) {
    return new SqlSession(jdbi.open(), dialect, pool::evictConnection, deadline);
  }

  /**
   * A connection of its own, closed with the session.
   *
   * @param settings statements run on it first
   */
  SqlSession openDedicated(List<String> settings, Deadline deadline) throws SQLException {
    return openDedicated(source, dialect, settings, deadline);
  }

  /** The same without a pool beside it. */
  static SqlSession openDedicated(
      ConnectionSource source, SqlDialect dialect, List<String> settings, Deadline deadline)
      throws SQLException {
    Handle handle =
        Jdbi.open(new DriverDataSource(source, settings, deadline.left()).getConnection());
    return new SqlSession(handle, dialect, connection -> {}, deadline);
  }

  @Override
  public void close() {
    pool.close();
  }
}
