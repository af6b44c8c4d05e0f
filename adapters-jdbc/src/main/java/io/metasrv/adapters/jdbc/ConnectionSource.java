package io.metasrv.adapters.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Opens connections to one database, logged in. Thread-safe. */
public interface ConnectionSource {

  /**
   * A fresh connection in autocommit mode.
   *
   * @param atMost the longest that connecting may wait, and each step of logging in
   */
  Connection open(Duration atMost) throws SQLException;

  /** {@code host:port/database}, for logs and errors; without user, password or parameters. */
  String endpoint();
}
