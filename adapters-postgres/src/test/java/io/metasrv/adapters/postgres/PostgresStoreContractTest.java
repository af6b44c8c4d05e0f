package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract on a real PostgreSQL. */
final class PostgresStoreContractTest extends KeyValueStoreContract {

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
  protected StoreFixture newFixture() {
    SqlBackend backend =
        Postgreses.open(server, Postgreses.fresh(), HidingElectionKeys.ELECTION_PREFIX);
    return StoreFixture.elected(
        HidingElectionKeys.on(backend.store()), backend.election(), backend);
  }
}
