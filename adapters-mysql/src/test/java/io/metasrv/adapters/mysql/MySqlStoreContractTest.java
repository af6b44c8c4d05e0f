package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract on a real MySQL. */
final class MySqlStoreContractTest extends KeyValueStoreContract {

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
  protected StoreFixture newFixture() {
    SqlBackend backend = MySqls.open(server, MySqls.freshTable());
    return StoreFixture.elected(backend.store(), backend.election(), backend);
  }
}
