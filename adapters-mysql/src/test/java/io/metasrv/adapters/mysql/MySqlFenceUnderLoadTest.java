package io.metasrv.adapters.mysql;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.election.FenceUnderLoadContract;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Fenced writes and renewals beside each other, on a real MySQL. */
final class MySqlFenceUnderLoadTest extends FenceUnderLoadContract {

  /** One that waits for its disk, unlike the others: times are measured here. */
  private static DatabaseServer server;

  @BeforeAll
  static void startServer() {
    server = MySqlServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private MySqls.Tables tables = MySqls.Tables.fresh();

  @Override
  protected ElectionFaultFixture newFixture() {
    tables = MySqls.Tables.fresh();
    return MySqls.nodes(server, tables, true);
  }

  @Override
  protected KeyValueStore storeBehindProxy(ElectionFaultFixture running) {
    return MySqls.open(server, running.proxy().port(), tables).store();
  }
}
