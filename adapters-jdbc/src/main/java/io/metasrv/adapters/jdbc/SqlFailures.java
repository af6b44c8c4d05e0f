package io.metasrv.adapters.jdbc;

import io.metasrv.domain.error.StoreException;
import java.sql.SQLException;
import java.util.Optional;

/** The one place where failures of a database become failures of the store port. */
final class SqlFailures {

  /** SQLSTATE class of errors that say that the transaction was rolled back. */
  private static final String ROLLBACK_CLASS = "40";

  private static final String INTEGRITY_CLASS = "23";

  private final SqlDialect dialect;
  private final String endpoint;

  SqlFailures(SqlDialect dialect, String endpoint) {
    this.dialect = dialect;
    this.endpoint = endpoint;
  }

  /** What the database or its driver said, found below what JDBI wraps around it. */
  static Optional<SQLException> sqlError(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException error) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  SqlErrorKind kindOf(Throwable failure) {
    return sqlError(failure).map(dialect::kindOf).orElse(SqlErrorKind.OTHER);
  }

  /**
   * Whether a commit that failed so is certain to have done nothing: the server said that it rolled
   * the transaction back. Anything else, an order to shut down included, may come after the commit.
   */
  boolean isRolledBack(Throwable commitFailure) {
    return sqlError(commitFailure)
        .map(SQLException::getSQLState)
        .filter(state -> state.startsWith(ROLLBACK_CLASS) || state.startsWith(INTEGRITY_CLASS))
        .isPresent();
  }

  /** Nothing was changed. */
  StoreException certain(String attempted, Throwable failure) {
    String what =
        "%s on %s at %s: %s".formatted(attempted, dialect.name(), endpoint, says(failure));
    return switch (kindOf(failure)) {
      case BEYOND_LIMIT ->
          new StoreException.Rejected(what + "; this server's limits do not allow it");
      case CORRUPTED ->
          new StoreException.Corrupted(
              what + "; look at the server's log and check the table before writing to it",
              failure);
      case CONTENTION ->
          new StoreException.Unavailable(
              what + "; others were in the way for too long, nothing was changed", failure);
      case FULL ->
          new StoreException.Unavailable(
              what
                  + "; the database server has no space left, free some on its disk; nothing was"
                  + " changed",
              failure);
      case CONNECTION, OTHER ->
          new StoreException.Unavailable(what + "; nothing was changed", failure);
    };
  }

  /** The commit was sent and not answered. */
  StoreException unknown(String attempted, Throwable failure) {
    return new StoreException.UnknownOutcome(
        "%s on %s at %s: the commit was sent, then: %s; it may or may not have taken effect, read before deciding"
            .formatted(attempted, dialect.name(), endpoint, says(failure)),
        failure);
  }

  private static String says(Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      return "interrupted while waiting for the database";
    }
    return sqlError(failure).map(SqlFailures::describe).orElseGet(failure::toString);
  }

  /** The first line: the rest is the driver's stack, or the statement. */
  static String describe(SQLException error) {
    String message = String.valueOf(error.getMessage()).strip();
    String first = message.lines().findFirst().orElse("");
    return error.getSQLState() == null ? first : first + " (SQLSTATE " + error.getSQLState() + ")";
  }
}
