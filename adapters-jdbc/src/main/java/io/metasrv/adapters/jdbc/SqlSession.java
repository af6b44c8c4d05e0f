package io.metasrv.adapters.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in use. Each statement gets what is left of the deadline; one that outlives it
 * breaks the connection, because nobody knows where in the stream of answers it stands.
 * Transactions are begun and ended by statements, not by the driver, so that it is known which of
 * them failed. For one thread.
 */
final class SqlSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqlSession.class);

  /** What becomes of a connection that can no longer be used. */
  interface Disposal {
    void dispose(Connection connection);
  }

  private final Handle handle;
  private final SqlDialect dialect;
  private final Disposal disposal;
  private Deadline deadline;
  private boolean inTransaction;
  private boolean committing;
  private boolean broken;

  SqlSession(Handle handle, SqlDialect dialect, Disposal disposal, Deadline deadline) {
    this.handle = handle;
    this.dialect = dialect;
    this.disposal = disposal;
    this.deadline = deadline;
  }

  /** The next statements have to be over by then. */
  void extendTo(Deadline newDeadline) {
    this.deadline = newDeadline;
  }

  /** For the next statement. */
  Handle statement() throws SQLException {
    long left = deadline.left().toMillis();
    if (left <= 0) {
      throw new SQLTimeoutException("no time left of " + deadline.limit());
    }
    handle.getConnection().setNetworkTimeout(Runnable::run, (int) Math.min(left, 1 << 30));
    return handle;
  }

  /** Whether the last statement may have failed because its time was up. */
  boolean isOutOfTime() {
    // Drivers count in whole milliseconds.
    return deadline.left().toMillis() <= 0;
  }

  /** For errors: how long the statements had. */
  Duration limit() {
    return deadline.limit();
  }

  void begin(boolean repeatable, Duration limit) throws SQLException {
    deadline = deadline.orIn(limit);
    inTransaction = true;
    dialect.begin(statement(), repeatable, limit);
  }

  void commit() throws SQLException {
    Handle open = statement();
    committing = true;
    open.execute("COMMIT");
    inTransaction = false;
    // From here on the outcome is certain; what fails below costs a connection, nothing else.
    tidy();
  }

  void rollback() throws SQLException {
    statement().execute("ROLLBACK");
    inTransaction = false;
    tidy();
  }

  private void tidy() {
    try {
      dialect.afterTransaction(statement());
    } catch (SQLException | JdbiException e) {
      LOG.debug("A connection could not be tidied up and is given up", e);
      broken = true;
    }
  }

  @Override
  public void close() {
    if (inTransaction) {
      giveBack();
    }
    if (broken) {
      disposal.dispose(handle.getConnection());
    }
    try {
      handle.close();
    } catch (RuntimeException e) {
      // The pool itself stumbles over a connection that it was told to give up. Whatever it says,
      // the outcome of the call is known by now.
      LOG.debug("A connection could not be closed in order", e);
    }
  }

  /** The locks of an unfinished transaction must not outlive its call. */
  private void giveBack() {
    if (committing) {
      broken = true;
      return;
    }
    try {
      deadline = Deadline.in(deadline.runtime(), Duration.ofSeconds(1));
      rollback();
    } catch (SQLException | JdbiException e) {
      LOG.debug("A transaction could not be rolled back; its connection is given up", e);
      broken = true;
    }
  }
}
