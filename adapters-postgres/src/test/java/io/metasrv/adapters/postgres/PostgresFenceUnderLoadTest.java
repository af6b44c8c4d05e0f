package io.metasrv.adapters.postgres;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.election.FenceUnderLoadContract;

/** Fenced writes and renewals beside each other, on a real PostgreSQL. */
final class PostgresFenceUnderLoadTest extends FenceUnderLoadContract {

  private Postgreses.Tables tables = Postgreses.Tables.fresh();

  @Override
  protected ElectionFaultFixture newFixture() {
    tables = Postgreses.Tables.fresh();
    return Postgreses.nodes(Postgreses.shared(), tables, true);
  }

  @Override
  protected KeyValueStore storeBehindProxy(ElectionFaultFixture running) {
    return Postgreses.open(Postgreses.shared(), running.proxy().port(), tables).store();
  }
}
