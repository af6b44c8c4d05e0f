package io.metasrv.bootstrap.e2e;

/** Three servers on one etcd. */
final class FailoverOnEtcdTest extends FailoverContract {
  @Override
  BackendUnderTest backend() {
    return BackendUnderTest.etcd();
  }
}
