package io.metasrv.bootstrap.e2e;

/** Three servers on one ZooKeeper. */
final class FailoverOnZooKeeperTest extends FailoverContract {
  @Override
  BackendUnderTest backend() {
    return BackendUnderTest.zooKeeper();
  }
}
