package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.testkit.server.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Options, backends and bare connections for tests. */
final class MySqls {

  private static final AtomicInteger TABLES = new AtomicInteger();

  private MySqls() {}

  /** A table name that no test has used. */
  static String freshTable() {
    return "metakv_" + TABLES.incrementAndGet();
  }

  static String url(DatabaseServer server, int port) {
    return "mysql://%s:%s@%s:%d/%s"
        .formatted(
            DatabaseServer.USER,
            DatabaseServer.ESCAPED_PASSWORD,
            server.host(),
            port,
            DatabaseServer.DATABASE);
  }

  static StoreOptions options(DatabaseServer server, int port, String table) {
    return StoreOptions.defaults()
        .withAddresses(List.of(url(server, port)))
        .withTls(new TlsOptions(TlsMode.DISABLE, "", "", "", false))
        .withSql(new SqlOptions(table, Optional.empty(), true, 1));
  }

  static SqlBackend open(
      DatabaseServer server, int port, String table, ElectionTiming timing, Duration callTimeout) {
    return MySqlBackend.open(
        options(server, port, table), timing, new VirtualThreadRuntime(), callTimeout);
  }

  static SqlBackend open(DatabaseServer server, String table) {
    return open(
        server, server.port(), table, ElectionTiming.REFERENCE, MySqlBackend.CALL_TIMEOUT);
  }

  /** As anybody else connects. */
  static Connection connect(DatabaseServer server) throws SQLException {
    return MySqlSource.of(options(server, server.port(), "unused")).open(Duration.ofSeconds(10));
  }

  /** Runs statements as anybody else would. */
  static void execute(DatabaseServer server, String... statements) throws SQLException {
    try (Connection connection = connect(server);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
