package io.metasrv.adapters.postgres;

import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.store.StoreFaultContract;
import io.metasrv.testkit.store.StoreFaultFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells on a bad network, and of a real PostgreSQL that dies or stands still. */
final class PostgresStoreFaultContractTest extends StoreFaultContract {

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
  protected StoreFaultFixture newFixture() {
    return Postgreses.faults(server);
  }
}
