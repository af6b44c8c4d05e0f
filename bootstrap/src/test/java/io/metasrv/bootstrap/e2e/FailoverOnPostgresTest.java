package io.metasrv.bootstrap.e2e;

/** Three servers on one PostgreSQL. */
final class FailoverOnPostgresTest extends FailoverContract {
  @Override
  BackendUnderTest backend() {
    return BackendUnderTest.postgres();
  }
}
