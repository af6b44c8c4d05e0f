package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlErrorKind;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/** Error codes of MySQL and MariaDB. */
final class MySqlErrors {

  private static final int DUPLICATE_KEY = 1062;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;
  private static final int CHANGED_SINCE_READ = 1020;
  private static final int PACKET_TOO_LARGE = 1153;
  private static final int DATA_TOO_LONG = 1406;
  private static final int CORRUPTED_INDEX = 1712;
  private static final int DISK_FULL = 1021;
  private static final int TABLE_FULL = 1114;
  private static final int CRASHED_TABLE = 1194;

  private MySqlErrors() {}

  static SqlErrorKind kindOf(SQLException error) {
    switch (error.getErrorCode()) {
      case DUPLICATE_KEY, LOCK_WAIT_TIMEOUT, DEADLOCK, CHANGED_SINCE_READ -> {
        return SqlErrorKind.CONTENTION;
      }
      case PACKET_TOO_LARGE, DATA_TOO_LONG -> {
        return SqlErrorKind.BEYOND_LIMIT;
      }
      case DISK_FULL, TABLE_FULL -> {
        return SqlErrorKind.FULL;
      }
      case CORRUPTED_INDEX, CRASHED_TABLE -> {
        return SqlErrorKind.CORRUPTED;
      }
      default -> {
        // Below, by the state.
      }
    }
    String state = String.valueOf(error.getSQLState());
    if (state.startsWith("40")) {
      return SqlErrorKind.CONTENTION;
    }
    boolean connection =
        state.startsWith("08")
            || error instanceof SQLTimeoutException
            || error instanceof SQLTransientConnectionException;
    return connection ? SqlErrorKind.CONNECTION : SqlErrorKind.OTHER;
  }
}
