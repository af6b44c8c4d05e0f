package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.election.DatabaseNodes;
import io.metasrv.testkit.election.ReferencePeer;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.store.DatabaseFaults;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Options, backends and bare connections for tests. */
final class Postgreses {

  /** Of the store, and so of the election's keys. */
  static final String PREFIX = "cluster/";

  private static final AtomicInteger TABLES = new AtomicInteger();

  private static @Nullable DatabaseServer shared;

  private Postgreses() {}

  /** A server for all tests of this process that leave it alone; ends with the process. */
  static synchronized DatabaseServer shared() {
    DatabaseServer running = shared;
    if (running == null) {
      DatabaseServer started = PostgresServer.startUnsynced();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
      running = started;
    }
    return running;
  }

  /** A table and a lock for one test alone. */
  record Tables(SqlOptions sql) {
    static Tables fresh() {
      return new Tables(Postgreses.fresh());
    }

    ReferencePeer reference(DatabaseServer server, String address) throws SQLException {
      return new PostgresReferencePeer(server, sql, PREFIX, address);
    }
  }

  static SqlBackend open(DatabaseServer server, int port, Tables tables) {
    return open(
        server, port, tables.sql(), PREFIX, ElectionTiming.REFERENCE, PostgresBackend.CALL_TIMEOUT);
  }

  /** A table and an advisory lock that no test has used. */
  static SqlOptions fresh() {
    int number = TABLES.incrementAndGet();
    return new SqlOptions("metakv_" + number, Optional.empty(), true, number);
  }

  static String url(DatabaseServer server, int port) {
    return url(server.host(), port);
  }

  static String url(String host, int port) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            DatabaseServer.USER,
            DatabaseServer.ESCAPED_PASSWORD,
            host,
            port,
            DatabaseServer.DATABASE);
  }

  static StoreOptions options(DatabaseServer server, int port, SqlOptions sql) {
    return options(url(server, port), sql);
  }

  static StoreOptions options(String url, SqlOptions sql) {
    return StoreOptions.defaults()
        .withAddresses(List.of(url))
        .withTls(new TlsOptions(TlsMode.DISABLE, "", "", "", false))
        .withSql(sql);
  }

  static SqlBackend open(
      DatabaseServer server,
      int port,
      SqlOptions sql,
      String prefix,
      ElectionTiming timing,
      Duration callTimeout) {
    return PostgresBackend.open(
        options(server, port, sql).withKeyPrefix(prefix),
        timing,
        new VirtualThreadRuntime(),
        callTimeout);
  }

  static SqlBackend open(DatabaseServer server, SqlOptions sql, String prefix) {
    return open(
        server, server.port(), sql, prefix, ElectionTiming.REFERENCE, PostgresBackend.CALL_TIMEOUT);
  }

  /** A store whose calls give up after two seconds, on a table of its own. */
  static DatabaseFaults faults(DatabaseServer server) {
    SqlOptions sql = fresh();
    return new DatabaseFaults(
        server,
        Duration.ofSeconds(2),
        (port, callTimeout) -> {
          SqlBackend backend = open(server, port, sql, "", ElectionTiming.REFERENCE, callTimeout);
          return new DatabaseFaults.Client(backend.store(), backend);
        });
  }

  /** Nodes of an election on a table of its own. */
  static DatabaseNodes nodes(DatabaseServer server, boolean behindProxy) {
    return nodes(server, Tables.fresh(), behindProxy);
  }

  static DatabaseNodes nodes(DatabaseServer server, Tables tables, boolean behindProxy) {
    SqlOptions sql = tables.sql();
    return new DatabaseNodes(
        server,
        behindProxy,
        port -> {
          SqlBackend backend =
              open(server, port, sql, PREFIX, DatabaseNodes.TIMING, Duration.ofSeconds(3));
          return new DatabaseNodes.Node(backend.store(), backend.election(), backend);
        },
        () -> rawKeys(server, sql.tableName()));
  }

  /** Every key of the table. */
  static List<Bytes> rawKeys(DatabaseServer server, String table) throws SQLException {
    List<Bytes> keys = new ArrayList<>();
    try (Connection connection = connect(server);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT k FROM " + table)) {
      while (rows.next()) {
        keys.add(Bytes.wrap(rows.getBytes(1)));
      }
    }
    return keys;
  }

  /** As anybody else connects. */
  static Connection connect(DatabaseServer server) throws SQLException {
    return PostgresSource.of(options(server, server.port(), fresh())).open(Duration.ofSeconds(10));
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
