package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.error.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/**
 * A store and the election on it, with the connections of both. The election has a pool of its own,
 * so that who leads can be asked while the store is busy. Thread-safe.
 */
public final class SqlBackend implements AutoCloseable {

  /** As in the reference's pools. */
  private static final int STORE_CONNECTIONS = 10;

  private static final int ELECTION_CONNECTIONS = 2;

  private static final Duration PREPARATION_TIME = Duration.ofSeconds(30);

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

  /** On a connection of its own and with more time than a call has, because tables are made. */
  private static int prepare(ConnectionSource source, SqlDialect dialect, Runtime runtime) {
    Deadline deadline = Deadline.in(runtime, PREPARATION_TIME);
    try (SqlSession session = SqlConnections.openDedicated(source, dialect, List.of(), deadline)) {
      dialect.prepareTables(session.statement());
      return dialect.maxValueBytes(session.statement());
    } catch (SQLException | JdbiException e) {
      throw new SqlFailures(dialect, source.endpoint()).certain("Preparation of the tables", e);
    }
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
