package io.metasrv.adapters.zookeeper;

import io.metasrv.testkit.election.ElectionContract;
import io.metasrv.testkit.election.ElectionFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The election's contract on a ZooKeeper. */
final class ZooKeeperElectionContractTest extends ElectionContract {

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
  protected ElectionFixture newFixture() {
    return new ZooKeeperElectionNodes(server.port(), false);
  }
}
