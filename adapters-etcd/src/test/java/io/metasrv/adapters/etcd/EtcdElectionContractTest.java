package io.metasrv.adapters.etcd;

import io.metasrv.testkit.election.ElectionContract;
import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.server.EtcdServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The election's contract on a real etcd. */
final class EtcdElectionContractTest extends ElectionContract {

  private static EtcdServer server;

  @BeforeAll
  static void startServer() {
    server = EtcdServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ElectionFixture newFixture() {
    return new EtcdElectionNodes(server, false);
  }
}
