package io.metasrv.adapters.mysql;

import io.metasrv.testkit.store.StoreFaultFixture;
import io.metasrv.testkit.store.TransactionCutContract;

/** What the store tells when its connection is cut, at every point, on a real MySQL. */
final class MySqlTransactionCutTest extends TransactionCutContract {
  @Override
  protected StoreFaultFixture newFixture() {
    return MySqls.faults(MySqls.shared());
  }
}
