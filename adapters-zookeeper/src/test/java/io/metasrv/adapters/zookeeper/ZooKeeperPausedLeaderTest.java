package io.metasrv.adapters.zookeeper;

import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.election.PausedLeaderContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A leader that is stopped and wakes up, on a real ZooKeeper. */
final class ZooKeeperPausedLeaderTest extends PausedLeaderContract {

  private static InProcessZooKeeper server;

  private String root = "";

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
    ZooKeeperElectionNodes nodes = new ZooKeeperElectionNodes(server.port(), false);
    root = nodes.root();
    return nodes;
  }

  @Override
  protected List<String> leaderProgram() {
    return List.of(ZooKeeperLeader.class.getName(), root, Integer.toString(server.port()));
  }
}
