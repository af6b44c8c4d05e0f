package io.metasrv.benchmarks.backends;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.server.OpenStore;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.MariaDbServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.server.ZooKeeperServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of its own for one backend, and a configuration file that names a store on it, as an
 * operator would write it.
 */
public final class BackendUnderTest implements AutoCloseable {

  /** All of them. */
  public static final List<String> ALL =
      List.of("memory", "embedded", "etcd", "mysql", "mariadb", "postgres", "zookeeper");

  private static final Logger LOG = LoggerFactory.getLogger(BackendUnderTest.class);

  /** As many as the delivered pool has. */
  private static final int CONNECTIONS = 10;

  private final String name;
  private final Path directory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Path config;
  private final BaselineOpener baseline;
  private @Nullable OpenStore store;

  /** Connects the baseline. */
  private interface BaselineOpener {
    Baseline open() throws Exception;
  }

  private BackendUnderTest(String name, Path directory) throws Exception {
    this.name = name;
    this.directory = directory;
    this.config = directory.resolve("metasrv.toml");
    String toml =
        switch (name) {
          case "memory" -> {
            baseline = MemoryBaseline::new;
            yield "backend = \"memory_store\"\n";
          }
          case "embedded" -> {
            Path raw = Files.createDirectory(directory.resolve("raw"));
            baseline = () -> new RocksBaseline(raw);
            yield "backend = \"embedded_store\"\nembedded.data_dir = \"%s\"\n"
                .formatted(directory.resolve("store"));
          }
          case "etcd" -> {
            EtcdServer server = keep(EtcdServer.start());
            baseline = () -> new EtcdBaseline(server.endpoint());
            yield "backend = \"etcd_store\"\nstore_addrs = [\"%s:%d\"]\n"
                .formatted(server.host(), server.port());
          }
          case "mysql", "mariadb" -> {
            DatabaseServer server =
                keep(name.equals("mysql") ? MySqlServer.start() : MariaDbServer.start());
            baseline =
                () ->
                    sql(
                        SqlBaseline.Dialect.MYSQL,
                        "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&rewriteBatchedStatements=true&useLocalSessionState=true",
                        server);
            yield sqlConfig("mysql_store", "mysql", server);
          }
          case "postgres" -> {
            DatabaseServer server = keep(PostgresServer.start());
            baseline =
                () -> sql(SqlBaseline.Dialect.POSTGRES, "jdbc:postgresql://%s:%d/%s", server);
            yield sqlConfig("postgres_store", "postgresql", server);
          }
          case "zookeeper" -> {
            ZooKeeperServer server = keep(ZooKeeperServer.start());
            baseline = () -> new ZooKeeperBaseline(server.address());
            yield "backend = \"zookeeper_store\"\nstore_addrs = [\"%s\"]\n"
                .formatted(server.address());
          }
          default ->
              throw new IllegalArgumentException(
                  "no backend is called " + name + "; there are " + ALL);
        };
    Files.writeString(config, toml);
  }

  /** Starts the server of a backend; ready for clients. */
  public static BackendUnderTest start(String name) throws Exception {
    return new BackendUnderTest(name, Files.createTempDirectory("metasrv-bench-" + name));
  }

  private static Baseline sql(SqlBaseline.Dialect dialect, String url, DatabaseServer server)
      throws Exception {
    return new SqlBaseline(
        dialect,
        url.formatted(server.host(), server.port(), DatabaseServer.DATABASE),
        DatabaseServer.USER,
        DatabaseServer.PASSWORD,
        CONNECTIONS);
  }

  private static String sqlConfig(String backend, String scheme, DatabaseServer server) {
    return "backend = \"%s\"\nstore_addrs = [\"%s://%s:%s@%s:%d/%s\"]\n"
        .formatted(
            backend,
            scheme,
            DatabaseServer.USER,
            DatabaseServer.ESCAPED_PASSWORD,
            server.host(),
            server.port(),
            DatabaseServer.DATABASE);
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Where the servers' configuration is. */
  public Path config() {
    return config;
  }

  /** Where servers may keep things. */
  public Path directory() {
    return directory;
  }

  /** Opens our store as a server does; closed with this. */
  KeyValueStore openStore() {
    return open().store();
  }

  private OpenStore open() {
    OpenStore known = store;
    if (known == null) {
      // 64 ranges of 3 MB at once on a busy machine are no sign of a dead server.
      ConfigSources sources =
          ConfigSources.none()
              .withFile(config)
              .withFlag("benchmark", "etcd.call_timeout", "2m")
              .withFlag("benchmark", "zookeeper.call_timeout", "2m");
      known = keep(OpenStore.open(ConfigLoader.load(sources).options()));
      store = known;
    }
    return known;
  }

  /** Wins a term, which lasts until this is closed, and gives its view of the store. */
  KeyValueStore lead(KeyValueStore unfenced) throws InterruptedException {
    Election election = open().election();
    LeaderLease lease = election.campaign("bench:1");
    lease.renew();
    Thread renewing =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(election.renewalInterval());
                      renew(lease);
                    }
                  } catch (InterruptedException over) {
                    lease.resign();
                  }
                });
    opened.push(
        () -> {
          renewing.interrupt();
          renewing.join();
        });
    return unfenced.fencedBy(lease.fence());
  }

  /** One that comes too late on a busy machine is not the end: the next write would tell. */
  private static void renew(LeaderLease lease) throws InterruptedException {
    try {
      lease.renew();
    } catch (ElectionException late) {
      LOG.warn("A renewal failed", late);
    }
  }

  /** Opens the baseline; closed with this. */
  Baseline openBaseline() throws Exception {
    return keep(baseline.open());
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
