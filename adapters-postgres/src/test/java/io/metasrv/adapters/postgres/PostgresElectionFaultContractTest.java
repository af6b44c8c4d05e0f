package io.metasrv.adapters.postgres;

import io.metasrv.testkit.election.ElectionFaultContract;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the election does on a bad network, on a real PostgreSQL. */
final class PostgresElectionFaultContractTest extends ElectionFaultContract {

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
  protected ElectionFaultFixture newFixture() {
    return Postgreses.nodes(server, true);
  }
}
