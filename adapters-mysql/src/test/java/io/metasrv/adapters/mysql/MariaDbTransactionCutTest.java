package io.metasrv.adapters.mysql;

import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MariaDbServer;
import io.metasrv.testkit.store.DatabaseCutContract;
import io.metasrv.testkit.store.StoreFaultFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells when its connection is cut, at every point, on a real MariaDB. */
final class MariaDbTransactionCutTest extends DatabaseCutContract {
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
  protected StoreFaultFixture newFixture() {
    return MySqls.faults(server);
  }
}
