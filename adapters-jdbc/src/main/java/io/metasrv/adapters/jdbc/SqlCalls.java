package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Runtime;
import io.metasrv.domain.error.StoreException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Calls of the store with the port's errors, each over after the call timeout. A read is repeated
 * once where its connection turned out to be dead. A transaction that lost against others is run
 * again, after a pause that grows and is drawn by chance, because the server rolled it back; one
 * whose commit was sent and not answered never is.
 */
final class SqlCalls {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(4);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final SqlConnections connections;
  private final SqlFailures failures;
  private final Runtime runtime;

  SqlCalls(SqlConnections connections) {
    this.connections = connections;
    this.failures = new SqlFailures(connections.dialect(), connections.endpoint());
    this.runtime = connections.runtime();
  }

  /** What is done on a connection. */
  interface Work<T> {
    T on(SqlSession session) throws SQLException;
  }

  /**
   * A transaction.
   *
   * @param repeatable see {@link SqlDialect#begin}
   * @param limit the longest that it holds its locks
   */
  record Mode(boolean repeatable, Duration limit) {}

  /** What a transaction found, and whether it is worth a commit. */
  record Finish<T>(T result, boolean commit) {
    static <T> Finish<T> commit(T result) {
      return new Finish<>(result, true);
    }

    static <T> Finish<T> rollback(T result) {
      return new Finish<>(result, false);
    }
  }

  Duration callTimeout() {
    return connections.callTimeout();
  }

  /** For errors: where. */
  String endpoint() {
    return connections.endpoint();
  }

  /**
   * @param attempted for errors: what is done to what
   */
  <T> T read(String attempted, Work<T> work) {
    Deadline deadline = Deadline.in(runtime, connections.callTimeout());
    for (int attempt = 0; ; attempt++) {
      try (SqlSession session = connections.borrow(deadline)) {
        return inTime(session, work);
      } catch (JdbiException | SQLException e) {
        boolean again =
            attempt == 0
                && failures.kindOf(e) == SqlErrorKind.CONNECTION
                && !deadline.hasPassed()
                && !Thread.currentThread().isInterrupted();
        if (!again) {
          throw failures.certain(attempted, e);
        }
      }
    }
  }

  <T> T transact(String attempted, Mode mode, Work<Finish<T>> work) {
    Deadline deadline = Deadline.in(runtime, connections.callTimeout());
    for (int attempt = 0; ; attempt++) {
      Attempt<T> tried = tryOnce(attempted, mode, deadline, work);
      if (tried.result().isPresent()) {
        return tried.result().get().result();
      }
      if (!pausedBefore(deadline, attempt)) {
        throw failures.certain(attempted, tried.lostTo().orElseThrow());
      }
    }
  }

  private record Attempt<T>(Optional<Finish<T>> result, Optional<Exception> lostTo) {}

  private <T> Attempt<T> tryOnce(
      String attempted, Mode mode, Deadline deadline, Work<Finish<T>> work) {
    boolean[] committing = {false};
    try (SqlSession session = connections.borrow(deadline)) {
      session.begin(mode.repeatable(), mode.limit());
      Finish<T> finish = inTime(session, work);
      if (finish.commit()) {
        committing[0] = true;
        session.commit();
      } else {
        session.rollback();
      }
      return new Attempt<>(Optional.of(finish), Optional.empty());
    } catch (JdbiException | SQLException e) {
      if (committing[0] && !failures.isRolledBack(e)) {
        throw failures.unknown(attempted, e);
      }
      if (failures.kindOf(e) != SqlErrorKind.CONTENTION) {
        throw failures.certain(attempted, e);
      }
      return new Attempt<>(Optional.empty(), Optional.of(e));
    }
  }

  /** A driver whose time was up says all sorts of things, of closed statements for example. */
  private <T> T inTime(SqlSession session, Work<T> work) throws SQLException {
    try {
      return work.on(session);
    } catch (JdbiException | SQLException e) {
      SqlErrorKind kind = failures.kindOf(e);
      boolean unexplained = kind == SqlErrorKind.OTHER || kind == SqlErrorKind.CONNECTION;
      if (unexplained && session.isOutOfTime()) {
        throw new SQLTimeoutException("no answer within " + session.limit().toMillis() + " ms", e);
      }
      throw e;
    }
  }

  /**
   * @return false if there is no time left, or the thread was interrupted
   */
  private boolean pausedBefore(Deadline deadline, int attempt) {
    long most = FIRST_PAUSE.toMillis() << Math.min(attempt, 10);
    long pause = 1 + runtime.random().nextLong(Math.min(most, LONGEST_PAUSE.toMillis()));
    if (deadline.left().toMillis() <= pause) {
      return false;
    }
    try {
      runtime.sleep(Duration.ofMillis(pause));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Fails as a write that was refused because the term of its view is over. */
  StoreException.FencedOut fencedOut(String attempted, SqlFence fence) {
    return new StoreException.FencedOut(
        "%s on %s at %s: refused, because the %s is over; nothing was changed"
            .formatted(
                attempted, connections.dialect().name(), connections.endpoint(), fence.describe()));
  }
}
