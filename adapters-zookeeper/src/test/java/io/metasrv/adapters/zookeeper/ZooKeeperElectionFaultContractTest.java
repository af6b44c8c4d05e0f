package io.metasrv.adapters.zookeeper;

import io.metasrv.testkit.election.ElectionFaultContract;
import io.metasrv.testkit.election.ElectionFaultFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the election does on a bad network. */
final class ZooKeeperElectionFaultContractTest extends ElectionFaultContract {

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
  protected ElectionFaultFixture newFixture() {
    return new ZooKeeperElectionNodes(server.port(), true);
  }
}
