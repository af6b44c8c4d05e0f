package io.metasrv.bootstrap.e2e;

import org.junit.jupiter.api.Tag;

/** Three servers on a ZooKeeper of three. */
@Tag("long")
final class FailoverOnZooKeeperEnsembleTest extends FailoverContract {
  @Override
  BackendUnderTest backend() {
    return BackendUnderTest.zooKeeperEnsemble();
  }
}
