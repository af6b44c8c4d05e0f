package io.metasrv.adapters.postgres;

import io.metasrv.testkit.store.DatabaseCutContract;
import io.metasrv.testkit.store.StoreFaultFixture;

/** What the store tells when its connection is cut, at every point, on a real PostgreSQL. */
final class PostgresTransactionCutTest extends DatabaseCutContract {
  @Override
  protected StoreFaultFixture newFixture() {
    return Postgreses.faults(Postgreses.shared());
  }
}
