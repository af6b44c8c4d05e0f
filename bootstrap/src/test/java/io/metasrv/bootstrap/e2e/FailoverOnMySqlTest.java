package io.metasrv.bootstrap.e2e;

/** Three servers on one MySQL. */
final class FailoverOnMySqlTest extends FailoverContract {
  @Override
  BackendUnderTest backend() {
    return BackendUnderTest.mySql();
  }
}
