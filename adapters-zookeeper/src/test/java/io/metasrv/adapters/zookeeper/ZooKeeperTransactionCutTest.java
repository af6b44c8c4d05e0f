package io.metasrv.adapters.zookeeper;

import io.metasrv.testkit.server.ZooKeeperServers;
import io.metasrv.testkit.store.StoreFaultFixture;
import io.metasrv.testkit.store.TransactionCutContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells when its connection is cut, at every point, on a real ZooKeeper. */
final class ZooKeeperTransactionCutTest extends TransactionCutContract {

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

  /** What is read before the write is read again, so that no cut there is ever noticed. */
  @Override
  protected boolean readsAgain() {
    return true;
  }

  /** What is there, and one request that changes all of it. */
  @Override
  protected int fewestRequests() {
    return 2;
  }
}
