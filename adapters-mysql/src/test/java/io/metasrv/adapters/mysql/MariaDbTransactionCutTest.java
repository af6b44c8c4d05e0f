package io.metasrv.adapters.mysql;

import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MariaDbServer;
import io.metasrv.testkit.store.StoreFaultFixture;
import io.metasrv.testkit.store.TransactionCutContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells when its connection is cut, at every point, on a real MariaDB. */
final class MariaDbTransactionCutTest extends TransactionCutContract {
  private static DatabaseServer server;

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start();
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
