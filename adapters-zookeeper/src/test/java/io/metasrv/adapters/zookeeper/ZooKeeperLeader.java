package io.metasrv.adapters.zookeeper;

import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.testkit.election.LeaderProgram;
import java.io.IOException;
import java.time.Duration;

/** A leader on ZooKeeper for a process of its own: root and port. */
final class ZooKeeperLeader {

  private ZooKeeperLeader() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (ZooKeeperConnection connection =
        ZooKeeperConnection.open(
            ZooKeepers.options(
                args[0],
                ZooKeeperElectionNodes.SESSION,
                // Whatever a busy machine needs to find out that its session is over.
                Duration.ofSeconds(20),
                "127.0.0.1:" + args[1]))) {
      // A campaign has little time; what a new process and a new store need is none of it.
      connection.awaitReady();
      LeaderProgram.run(
          new ZooKeeperStore(connection, 128),
          ZooKeeperElectionNodes.election(connection),
          new VirtualThreadRuntime(),
          "a:3002");
    }
  }
}
