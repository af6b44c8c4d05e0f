package io.metasrv.adapters.postgres;

import io.metasrv.testkit.election.ElectionContract;
import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The election's contract on a real PostgreSQL. */
final class PostgresElectionContractTest extends ElectionContract {

  private static DatabaseServer server;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.startUnsynced();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ElectionFixture newFixture() {
    return Postgreses.nodes(server, false);
  }
}
