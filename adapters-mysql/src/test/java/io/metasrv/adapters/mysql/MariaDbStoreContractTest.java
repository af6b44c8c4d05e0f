package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MariaDbServer;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract on a real MariaDB, which the reference does not run on. */
final class MariaDbStoreContractTest extends KeyValueStoreContract {

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
  protected StoreFixture newFixture() {
    SqlBackend backend = MySqls.open(server, MySqls.freshTable());
    return StoreFixture.elected(backend.store(), backend.election(), backend);
  }
}
