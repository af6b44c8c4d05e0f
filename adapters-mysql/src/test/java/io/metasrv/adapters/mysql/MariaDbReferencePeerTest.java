package io.metasrv.adapters.mysql;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.election.ReferencePeer;
import io.metasrv.testkit.election.ReferencePeerContract;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MariaDbServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Nodes of ours and of the reference on one MariaDB. The original itself fails there, because it
 * sets {@code max_execution_time}, which MariaDB does not know (sheet 02 §13); the stand-in leaves
 * that one statement out.
 */
final class MariaDbReferencePeerTest extends ReferencePeerContract {
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

  private MySqls.Tables tables = MySqls.Tables.fresh();

  @Override
  protected ElectionFixture newFixture() {
    tables = MySqls.Tables.fresh();
    return MySqls.nodes(server, tables, false);
  }

  @Override
  protected ReferencePeer joinAsReference(String address) throws Exception {
    return tables.referenceWithoutTimeLimit(server, address);
  }

  @Test
  @DisplayName("the original cannot take part on MariaDB: it sets a variable unknown there")
  void theOriginalFailsHere() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> tables.reference(server, "r:3002"))
        .withMessageContaining("max_execution_time");
  }
}
