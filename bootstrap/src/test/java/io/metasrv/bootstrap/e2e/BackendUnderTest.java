package io.metasrv.bootstrap.e2e;

import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real server that holds the store and the election of metasrvs in processes of their own.
 *
 * @param name for messages
 * @param flags of {@code metasrv start} that lead to it; without secrets, which stand in the file
 * @param toml lines of a configuration file that lead to it; may be empty
 * @param faults how to be rid of the server and have it back
 * @param server ends with the tests
 */
record BackendUnderTest(
    String name, List<String> flags, String toml, Faults faults, AutoCloseable server)
    implements AutoCloseable {

  /**
   * The server's death and return.
   *
   * @param kill ends it without a goodbye
   * @param restart starts it again with its data, at the same address; ready then
   */
  record Faults(Runnable kill, Runnable restart) {}

  /** etcd, named on the command line. */
  static BackendUnderTest etcd() {
    EtcdServer etcd = EtcdServer.startUnsynced();
    return new BackendUnderTest(
        "etcd",
        List.of("--backend", "etcd-store", "--store-addrs", etcd.host() + ":" + etcd.port()),
        "",
        new Faults(etcd::kill, etcd::restart),
        etcd);
  }

  /** ZooKeeper, one server. */
  static BackendUnderTest zooKeeper() {
    ZooKeeperServers server = ZooKeeperServers.start(1);
    return new BackendUnderTest(
        "ZooKeeper",
        List.of("--backend", "zookeeper-store", "--store-addrs", server.address(0)),
        "",
        new Faults(() -> server.kill(0), () -> server.restart(0)),
        server);
  }

  /** ZooKeeper, three servers; the one that leads is the one that dies. */
  static BackendUnderTest zooKeeperEnsemble() {
    ZooKeeperServers servers = ZooKeeperServers.start(3);
    AtomicInteger dead = new AtomicInteger();
    return new BackendUnderTest(
        "ZooKeeper of three",
        List.of(
            "--backend", "zookeeper-store", "--store-addrs", String.join(",", servers.addresses())),
        "",
        new Faults(
            () -> {
              dead.set(servers.leader());
              servers.kill(dead.get());
            },
            () -> servers.restart(dead.get())),
        servers);
  }

  /** MySQL, with its password in a file. */
  static BackendUnderTest mySql() {
    DatabaseServer mySql = MySqlServer.start();
    return database("MySQL", mySql, "mysql_store", address("mysql", mySql));
  }

  /** PostgreSQL, likewise. */
  static BackendUnderTest postgres() {
    DatabaseServer postgres = PostgresServer.start();
    return database("PostgreSQL", postgres, "postgres_store", address("postgresql", postgres));
  }

  /**
   * A database, whose address has a password and therefore stands in the file.
   *
   * @param backend the config's word for it
   */
  static BackendUnderTest database(
      String name, DatabaseServer server, String backend, String address) {
    String toml = "backend = '%s'\nstore_addrs = ['%s']\n".formatted(backend, address);
    return new BackendUnderTest(
        name, List.of(), toml, new Faults(server::kill, server::restart), server);
  }

  /** The address of {@code store_addrs}. */
  static String address(String scheme, DatabaseServer server) {
    return "%s://%s:%s@%s:%d/%s"
        .formatted(
            scheme,
            DatabaseServer.USER,
            DatabaseServer.ESCAPED_PASSWORD,
            server.host(),
            server.port(),
            DatabaseServer.DATABASE);
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
