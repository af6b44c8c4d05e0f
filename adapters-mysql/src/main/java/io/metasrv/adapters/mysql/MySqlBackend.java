package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.ElectionTiming;
import java.time.Duration;

/** Opens the store and the election on MySQL 8 or MariaDB. */
public final class MySqlBackend {

  /** As the reference's channels: how long a call may take before its outcome is given up. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private MySqlBackend() {}

  /** With the usual time for a call. */
  public static SqlBackend open(StoreOptions options, ElectionTiming timing, Runtime runtime) {
    return open(options, timing, runtime, CALL_TIMEOUT);
  }

  /**
   * Connects to the first of the addresses and makes the tables ready.
   *
   * @param callTimeout the longest that one call to the store takes
   * @throws IllegalArgumentException if an option is wrong; the message names its config key
   * @throws io.metasrv.domain.error.StoreException.Unavailable if the server cannot be reached
   * @throws IllegalStateException if the server or its tables cannot be used
   */
  public static SqlBackend open(
      StoreOptions options, ElectionTiming timing, Runtime runtime, Duration callTimeout) {
    return SqlBackend.open(
        MySqlSource.of(options),
        new MySqlDialect(options.sql().tableName()),
        runtime,
        new SqlBackend.Options(options.maxTxnOps(), options.keyPrefix(), timing, callTimeout));
  }
}
