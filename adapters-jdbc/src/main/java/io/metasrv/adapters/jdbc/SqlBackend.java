package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.error.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store and the election on it, with the connections of both. The election has a pool of its own,
 * so that who leads can be asked while the store is busy. Thread-safe.
 */
public final class SqlBackend implements AutoCloseable {

  /** As in the reference's pools. */
  private static final int STORE_CONNECTIONS = 10;

  private static final int ELECTION_CONNECTIONS = 2;

  private static final Duration CONNECTION_TIME = Duration.ofSeconds(30);

  /** Making a table waits for the server's disk, and enlarging a column copies the table. */
  private static final Duration PREPARATION_TIME = Duration.ofMinutes(2);

  /** Each one that fails against another node leaves more in place for the next. */
  private static final int PREPARATIONS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(SqlBackend.class);

  private final SqlConnections data;
  private final SqlConnections voting;
  private final SqlStore store;
  private final SqlElection election;

  private SqlBackend(
      SqlConnections data, SqlConnections voting, SqlStore store, SqlElection election) {
    this.data = data;
    this.voting = voting;
    this.store = store;
    this.election = election;
  }

  /**
   * What a backend is made of beside its database.
   *
   * @param maxTxnOps most operations of one transaction; at least 2
   * @param keyPrefix {@code store_key_prefix}, which the election's keys carry
   * @param timing the election's durations
   * @param callTimeout the longest that one call to the store takes
   */
  public record Options(
      int maxTxnOps, String keyPrefix, ElectionTiming timing, Duration callTimeout) {}

  /**
   * Connects and makes the tables ready.
   *
   * @throws StoreException.Unavailable if the database cannot be reached
   * @throws IllegalStateException if the server or its tables cannot be used; the message says why
   */
  public static SqlBackend open(
      ConnectionSource source, SqlDialect dialect, Runtime runtime, Options options) {
    int maxValueBytes = prepare(source, dialect, runtime);
    SqlConnections data =
        SqlConnections.open(
            "store", source, dialect, runtime, options.callTimeout(), STORE_CONNECTIONS);
    SqlConnections voting =
        SqlConnections.open(
            "election",
            source,
            dialect,
            runtime,
            options.timing().renewalTimeout(),
            ELECTION_CONNECTIONS);
    return new SqlBackend(
        data,
        voting,
        new SqlStore(data, options.maxTxnOps(), maxValueBytes),
        new SqlElection(voting, options.keyPrefix(), options.timing()));
  }

  /**
   * On a connection of its own and with more time than a call has, because tables are made. Nodes
   * that start at once make the same tables at once; on PostgreSQL all but one of them fail then,
   * although they say IF NOT EXISTS, and find everything in order when they look again.
   */
  private static int prepare(ConnectionSource source, SqlDialect dialect, Runtime runtime) {
    SqlFailures failures = new SqlFailures(dialect, source.endpoint());
    Deadline deadline = Deadline.in(runtime, PREPARATION_TIME);
    for (int attempt = 1; ; attempt++) {
      try (SqlSession session = connect(source, dialect, runtime)) {
        session.extendTo(deadline);
        dialect.prepareTables(session.statement());
        return dialect.maxValueBytes(session.statement());
      } catch (SQLException | JdbiException e) {
        boolean another =
            failures.kindOf(e) == SqlErrorKind.CONTENTION
                && attempt < PREPARATIONS
                && !deadline.hasPassed();
        if (!another) {
          throw failures.certain("Preparation of the tables", e);
        }
        LOG.debug("Preparation {} of the tables lost against another node", attempt, e);
      }
    }
  }

  private static SqlSession connect(ConnectionSource source, SqlDialect dialect, Runtime runtime)
      throws SQLException {
    return SqlConnections.openDedicated(
        source, dialect, List.of(), Deadline.in(runtime, CONNECTION_TIME));
  }

  /** The store. */
  public SqlStore store() {
    return store;
  }

  /** The election. */
  public SqlElection election() {
    return election;
  }

  @Override
  public void close() {
    voting.close();
    data.close();
  }
}
