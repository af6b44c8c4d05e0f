package io.metasrv.adapters.mysql;

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
import io.metasrv.testkit.server.MySqlServer;
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
final class MySqls {

  private static final AtomicInteger TABLES = new AtomicInteger();

  private static @Nullable DatabaseServer shared;

  private MySqls() {}

  /** A server for all tests of this process that leave it alone; ends with the process. */
  static synchronized DatabaseServer shared() {
    DatabaseServer running = shared;
    if (running == null) {
      DatabaseServer started = MySqlServer.startUnsynced();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
      running = started;
    }
    return running;
  }

  /** Tables for one test alone. */
  record Tables(String name) {
    static Tables fresh() {
      return new Tables(freshTable());
    }

    ReferencePeer reference(DatabaseServer server, String address) throws SQLException {
      return new MySqlReferencePeer(server, name, address, true);
    }

    /** One that does not limit the time of its statements, which MariaDB has no variable for. */
    ReferencePeer referenceWithoutTimeLimit(DatabaseServer server, String address)
        throws SQLException {
      return new MySqlReferencePeer(server, name, address, false);
    }
  }

  static SqlBackend open(DatabaseServer server, int port, Tables tables) {
    return open(server, port, tables.name(), ElectionTiming.REFERENCE, MySqlBackend.CALL_TIMEOUT);
  }

  /** A table name that no test has used. */
  static String freshTable() {
    return "metakv_" + TABLES.incrementAndGet();
  }

  static String url(DatabaseServer server, int port) {
    return url(server.host(), port);
  }

  static String url(String host, int port) {
    return "mysql://%s:%s@%s:%d/%s"
        .formatted(
            DatabaseServer.USER,
            DatabaseServer.ESCAPED_PASSWORD,
            host,
            port,
            DatabaseServer.DATABASE);
  }

  static StoreOptions options(DatabaseServer server, int port, String table) {
    return options(url(server, port), table);
  }

  static StoreOptions options(String url, String table) {
    return StoreOptions.defaults()
        .withAddresses(List.of(url))
        .withTls(new TlsOptions(TlsMode.DISABLE, "", "", "", false))
        .withSql(new SqlOptions(table, Optional.empty(), true, 1));
  }

  static SqlBackend open(
      DatabaseServer server, int port, String table, ElectionTiming timing, Duration callTimeout) {
    return MySqlBackend.open(
        options(server, port, table), timing, new VirtualThreadRuntime(), callTimeout);
  }

  static SqlBackend open(DatabaseServer server, String table) {
    return open(server, server.port(), table, ElectionTiming.REFERENCE, MySqlBackend.CALL_TIMEOUT);
  }

  /** A store whose calls give up after two seconds, on a table of its own. */
  static DatabaseFaults faults(DatabaseServer server) {
    String table = freshTable();
    return new DatabaseFaults(
        server,
        Duration.ofSeconds(2),
        (port, callTimeout) -> {
          SqlBackend backend = open(server, port, table, ElectionTiming.REFERENCE, callTimeout);
          return new DatabaseFaults.Client(backend.store(), backend);
        });
  }

  /** Nodes of an election on tables of its own. */
  static DatabaseNodes nodes(DatabaseServer server, boolean behindProxy) {
    return nodes(server, Tables.fresh(), behindProxy);
  }

  static DatabaseNodes nodes(DatabaseServer server, Tables tables, boolean behindProxy) {
    String table = tables.name();
    return new DatabaseNodes(
        server,
        behindProxy,
        port -> {
          SqlBackend backend =
              open(server, port, table, DatabaseNodes.TIMING, Duration.ofSeconds(3));
          return new DatabaseNodes.Node(backend.store(), backend.election(), backend);
        },
        () -> rawKeys(server, table));
  }

  /** Every key of both tables, without the row that belongs to the schema. */
  static List<Bytes> rawKeys(DatabaseServer server, String table) throws SQLException {
    List<Bytes> keys = new ArrayList<>();
    try (Connection connection = connect(server);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT k FROM %1$s UNION ALL SELECT k FROM %1$s_election".formatted(table))) {
      while (rows.next()) {
        keys.add(Bytes.wrap(rows.getBytes(1)));
      }
    }
    keys.remove(MySqlDialect.PLACEHOLDER);
    return keys;
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
