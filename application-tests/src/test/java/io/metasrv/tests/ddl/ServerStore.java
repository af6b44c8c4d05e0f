package io.metasrv.tests.ddl;

import io.metasrv.adapters.etcd.EtcdConnection;
import io.metasrv.adapters.etcd.EtcdElection;
import io.metasrv.adapters.etcd.EtcdStore;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.application.store.LocalElection;
import io.metasrv.testkit.server.EtcdServer;
import java.util.List;

/** Where a metasrv under test keeps its metadata, empty at first, and how it is elected. */
final class ServerStore implements AutoCloseable {

  private static final int MAX_TXN_OPS = 128;

  private final KeyValueStore store;
  private final Election election;
  private final boolean shared;
  private final List<AutoCloseable> resources;

  private ServerStore(
      KeyValueStore store, Election election, boolean shared, List<AutoCloseable> resources) {
    this.store = store;
    this.election = election;
    this.shared = shared;
    this.resources = resources;
  }

  /** In memory, where one metasrv leads without an election. */
  static ServerStore inMemory() {
    InMemoryStore store = new InMemoryStore();
    return new ServerStore(store, new LocalElection(store), false, List.of());
  }

  /**
   * On an etcd of its own.
   *
   * @throws org.opentest4j.TestAbortedException if there is none on this machine and none is
   *     required
   */
  static ServerStore onEtcd() {
    EtcdServer server = EtcdServer.startUnsynced();
    EtcdConnection connection;
    try {
      connection =
          EtcdConnection.open(
              StoreOptions.defaults()
                  .withAddresses(List.of(server.endpoint()))
                  .withTls(new TlsOptions(TlsMode.DISABLE, "", "", "", false)));
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
    return new ServerStore(
        new EtcdStore(connection, MAX_TXN_OPS),
        new EtcdElection(connection, "", ElectionTiming.REFERENCE),
        true,
        List.of(connection, server));
  }

  KeyValueStore store() {
    return store;
  }

  Election election() {
    return election;
  }

  /** Whether other metasrvs could use it, so that an election leaves its keys in it. */
  boolean isShared() {
    return shared;
  }

  /** What the machine of the recordings said of itself, but for the time it had started. */
  Candidate self(String address) {
    return new Candidate(address, "1.1.4", "16e9abe", 1, 2000, 25_276_502_016L, 0, 0, "vm");
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable resource : resources) {
      resource.close();
    }
  }
}
