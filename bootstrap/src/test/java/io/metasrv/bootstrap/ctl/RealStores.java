package io.metasrv.bootstrap.ctl;

import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.MariaDbServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A server of each kind, and configuration files that name a store on one of them. Used by one
 * thread.
 */
final class RealStores implements AutoCloseable {

  /** Every backend that keeps anything, MySQL's once a server. */
  enum Kind {
    EMBEDDED,
    ETCD,
    MYSQL,
    MARIADB,
    POSTGRES,
    ZOOKEEPER
  }

  private final Path directory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final EtcdServer etcd;
  private final DatabaseServer mySql;
  private final DatabaseServer mariaDb;
  private final DatabaseServer postgres;
  private final ZooKeeperServers zooKeeper;
  private int stores;

  private RealStores(Path directory) {
    this.directory = directory;
    etcd = EtcdServer.startUnsynced();
    opened.push(etcd);
    mySql = MySqlServer.start();
    opened.push(mySql);
    mariaDb = MariaDbServer.start();
    opened.push(mariaDb);
    postgres = PostgresServer.start();
    opened.push(postgres);
    // Short ticks, so that the session of a process that was killed is over soon.
    zooKeeper = ZooKeeperServers.start(1);
    opened.push(zooKeeper);
  }

  /**
   * Starts all servers.
   *
   * @param directory for embedded stores and configuration files
   */
  static RealStores start(Path directory) {
    return new RealStores(directory);
  }

  /** A configuration file that names a store of this kind that nobody has used yet. */
  String fresh(Kind kind) {
    int number = stores++;
    try {
      return Files.writeString(
              directory.resolve("%s-%d.toml".formatted(kind, number)), toml(kind, number))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String toml(Kind kind, int number) {
    return switch (kind) {
      case EMBEDDED ->
          """
          backend = "embedded_store"
          embedded.data_dir = "%s"
          """
              .formatted(directory.resolve("embedded-" + number));
      case ETCD ->
          """
          backend = "etcd_store"
          store_addrs = ["%s:%d"]
          store_key_prefix = "store-%d/"
          """
              .formatted(etcd.host(), etcd.port(), number);
      case MYSQL -> sql("mysql_store", "mysql", mySql, number);
      case MARIADB -> sql("mysql_store", "mysql", mariaDb, number);
      case POSTGRES -> sql("postgres_store", "postgresql", postgres, number);
      case ZOOKEEPER ->
          """
          backend = "zookeeper_store"
          store_addrs = ["%s"]
          zookeeper.root = "/store-%d"
          """
              .formatted(zooKeeper.address(0), number);
    };
  }

  private static String sql(String backend, String scheme, DatabaseServer server, int number) {
    return """
    backend = "%s"
    store_addrs = ["%s://%s:%s@%s:%d/%s"]
    meta_table_name = "store_%d"
    """
        .formatted(
            backend,
            scheme,
            DatabaseServer.USER,
            DatabaseServer.ESCAPED_PASSWORD,
            server.host(),
            server.port(),
            DatabaseServer.DATABASE,
            number);
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
