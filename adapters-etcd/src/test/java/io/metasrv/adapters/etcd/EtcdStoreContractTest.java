package io.metasrv.adapters.etcd;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract on a real etcd with etcd's own default limits. */
final class EtcdStoreContractTest extends KeyValueStoreContract {

  private static EtcdServer server;
  private static EtcdConnection connection;

  @BeforeAll
  static void startServer() {
    server =
        EtcdServer.start(List.of("--max-request-bytes=" + EtcdStore.DEFAULT_MAX_REQUEST_BYTES));
    connection = EtcdConnection.open(Etcds.options(server.endpoint()));
  }

  @AfterAll
  static void stopServer() {
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected StoreFixture newFixture() {
    EtcdStore store = new EtcdStore(connection, 128);
    store.deleteRange(KeyRange.all(), Previous.DISCARD);
    return StoreFixture.elected(
        HidingElectionKeys.on(store),
        new EtcdElection(connection, HidingElectionKeys.ELECTION_PREFIX, ElectionTiming.REFERENCE),
        () -> {});
  }
}
