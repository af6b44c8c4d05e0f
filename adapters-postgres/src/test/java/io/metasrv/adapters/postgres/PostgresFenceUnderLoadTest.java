package io.metasrv.adapters.postgres;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.election.FenceUnderLoadContract;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Fenced writes and renewals beside each other, on a real PostgreSQL. */
final class PostgresFenceUnderLoadTest extends FenceUnderLoadContract {

  /** One that waits for its disk, unlike the others: times are measured here. */
  private static DatabaseServer server;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private Postgreses.Tables tables = Postgreses.Tables.fresh();

  @Override
  protected ElectionFaultFixture newFixture() {
    tables = Postgreses.Tables.fresh();
    return Postgreses.nodes(server, tables, true);
  }

  @Override
  protected KeyValueStore storeBehindProxy(ElectionFaultFixture running) {
    return Postgreses.open(server, running.proxy().port(), tables).store();
  }
}
