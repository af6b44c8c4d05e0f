package io.metasrv.adapters.zookeeper;

import io.metasrv.testkit.server.ZooKeeperServers;
import io.metasrv.testkit.store.StoreFaultContract;
import io.metasrv.testkit.store.StoreFaultFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells on a bad network, and of a real ZooKeeper that dies or stands still. */
final class ZooKeeperStoreFaultContractTest extends StoreFaultContract {

  private static ZooKeeperServers server;

  @BeforeAll
  static void startServer() {
    server = ZooKeeperServers.start(1);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected StoreFaultFixture newFixture() {
    return new ZooKeeperStoreFaults(server);
  }
}
