package io.metasrv.adapters.mysql;

import io.metasrv.testkit.store.DatabaseCutContract;
import io.metasrv.testkit.store.StoreFaultFixture;

/** What the store tells when its connection is cut, at every point, on a real MySQL. */
final class MySqlTransactionCutTest extends DatabaseCutContract {
  @Override
  protected StoreFaultFixture newFixture() {
    return MySqls.faults(MySqls.shared());
  }
}
