package io.metasrv.adapters.mysql;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.election.FenceUnderLoadContract;

/** Fenced writes and renewals beside each other, on a real MySQL. */
final class MySqlFenceUnderLoadTest extends FenceUnderLoadContract {

  private MySqls.Tables tables = MySqls.Tables.fresh();

  @Override
  protected ElectionFaultFixture newFixture() {
    tables = MySqls.Tables.fresh();
    return MySqls.nodes(MySqls.shared(), tables, true);
  }

  @Override
  protected KeyValueStore storeBehindProxy(ElectionFaultFixture running) {
    return MySqls.open(MySqls.shared(), running.proxy().port(), tables).store();
  }
}
