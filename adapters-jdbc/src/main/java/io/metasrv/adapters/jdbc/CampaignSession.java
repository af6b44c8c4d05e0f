package io.metasrv.adapters.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of its own that a node campaigns and leads on, so that renewals never queue behind
 * anything, and that holds the election's lock where the database has one. It is opened when it is
 * needed, thrown away after any failure, and closed with the term, which frees the lock. For one
 * thread at a time.
 */
final class CampaignSession implements AutoCloseable {

  private final SqlConnections connections;
  private final Duration lease;
  private @Nullable SqlSession session;

  CampaignSession(SqlConnections connections, Duration lease) {
    this.connections = connections;
    this.lease = lease;
  }

  /** One step on the connection. */
  interface Step<T> {
    T on(SqlSession session) throws SQLException;
  }

  /** By when a step that begins now has to be over. */
  Deadline deadline(Duration limit) {
    return Deadline.in(connections.runtime(), limit);
  }

  /** Whether a step failed because the connection was gone. */
  boolean isConnectionFailure(Exception failure) {
    return SqlFailures.sqlError(failure)
        .map(connections.dialect()::kindOf)
        .filter(kind -> kind == SqlErrorKind.CONNECTION)
        .isPresent();
  }

  /** Whether a connection is open. */
  boolean isOpen() {
    return session != null;
  }

  /**
   * Takes the step; after a failure the connection is gone, with the lock it held.
   *
   * @param limit the longest that it takes, a new connection included
   */
  <T> T run(Duration limit, Step<T> step) throws SQLException {
    Deadline deadline = deadline(limit);
    SqlSession open = session;
    if (open == null) {
      open = connections.openDedicated(connections.dialect().campaignSettings(lease), deadline);
      session = open;
    }
    open.extendTo(deadline);
    boolean done = false;
    try {
      T result = step.on(open);
      done = true;
      return result;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  public void close() {
    SqlSession open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (JdbiException e) {
        throw new IllegalStateException("a session reports no failure to close", e);
      }
    }
  }
}
