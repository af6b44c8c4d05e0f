package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.SqlErrorKind;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/** SQLSTATEs of PostgreSQL. */
final class PostgresErrors {

  private PostgresErrors() {}

  static SqlErrorKind kindOf(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return switch (state) {
      // Serialization failure, deadlock, unique violation, lock not available in time.
      case "40001", "40P01", "23505", "55P03" -> SqlErrorKind.CONTENTION;
      // Index row too large, field too large.
      case "54000", "22001" -> SqlErrorKind.BEYOND_LIMIT;
      // Disk full.
      case "53100" -> SqlErrorKind.FULL;
      // Data corrupted, index corrupted.
      case "XX001", "XX002" -> SqlErrorKind.CORRUPTED;
      // Ordered to shut down, crashed, cannot connect now, session or transaction idle too long.
      case "57P01", "57P02", "57P03", "57P05", "25P03" -> SqlErrorKind.CONNECTION;
      default ->
          state.startsWith("08")
                  || error instanceof SQLTimeoutException
                  || error instanceof SQLTransientConnectionException
              ? SqlErrorKind.CONNECTION
              : SqlErrorKind.OTHER;
    };
  }
}
