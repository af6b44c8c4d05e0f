package io.metasrv.adapters.mysql;

import io.metasrv.testkit.election.ElectionContract;
import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MariaDbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The election's contract on a real MariaDB, which the reference does not run on. */
final class MariaDbElectionContractTest extends ElectionContract {

  private static DatabaseServer server;

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.startUnsynced();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ElectionFixture newFixture() {
    return MySqls.nodes(server, false);
  }
}
