package io.metasrv.adapters.etcd;

import io.metasrv.testkit.election.ElectionFaultContract;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.server.EtcdServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the election does on a bad network, on a real etcd. */
final class EtcdElectionFaultContractTest extends ElectionFaultContract {

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
  protected ElectionFaultFixture newFixture() {
    return new EtcdElectionNodes(server, true);
  }
}
