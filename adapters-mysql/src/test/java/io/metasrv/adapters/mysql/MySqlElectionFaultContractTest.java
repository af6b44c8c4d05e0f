package io.metasrv.adapters.mysql;

import io.metasrv.testkit.election.ElectionFaultContract;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the election does on a bad network, on a real MySQL. */
final class MySqlElectionFaultContractTest extends ElectionFaultContract {

  private static DatabaseServer server;

  @BeforeAll
  static void startServer() {
    server = MySqlServer.startUnsynced();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ElectionFaultFixture newFixture() {
    return MySqls.nodes(server, true);
  }
}
