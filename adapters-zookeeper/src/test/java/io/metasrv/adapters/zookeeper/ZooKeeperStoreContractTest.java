package io.metasrv.adapters.zookeeper;

import io.metasrv.application.store.ElectionTiming;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract on a ZooKeeper with its own default limits. */
final class ZooKeeperStoreContractTest extends KeyValueStoreContract {

  private static InProcessZooKeeper server;

  @BeforeAll
  static void startServer() throws Exception {
    server = InProcessZooKeeper.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected StoreFixture newFixture() {
    ZooKeeperConnection connection =
        ZooKeeperConnection.open(ZooKeepers.options(ZooKeepers.freshRoot(), server.address()));
    return StoreFixture.elected(
        new ZooKeeperStore(connection, 128),
        new ZooKeeperElection(connection, "", ElectionTiming.REFERENCE),
        connection::close);
  }
}
