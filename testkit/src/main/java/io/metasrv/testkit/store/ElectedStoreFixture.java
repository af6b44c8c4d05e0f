package io.metasrv.testkit.store;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import org.jspecify.annotations.Nullable;

/** Begins a term by winning the election, ends it by giving the lease up. */
final class ElectedStoreFixture implements StoreFixture {

  private final KeyValueStore store;
  private final Election election;
  private final AutoCloseable cleanUp;
  private @Nullable LeaderLease lease;

  ElectedStoreFixture(KeyValueStore store, Election election, AutoCloseable cleanUp) {
    this.store = store;
    this.election = election;
    this.cleanUp = cleanUp;
  }

  @Override
  public KeyValueStore store() {
    return store;
  }

  @Override
  public Fence beginTerm(String holder) throws InterruptedException {
    endTerm();
    LeaderLease won = election.campaign(holder);
    lease = won;
    if (won.renew() != LeaderLease.Renewal.RENEWED) {
      throw new IllegalStateException("the lease just won by " + holder + " could not be renewed");
    }
    return won.fence();
  }

  @Override
  public void endTerm() {
    LeaderLease held = lease;
    lease = null;
    if (held != null) {
      held.resign();
    }
  }

  @Override
  public void close() throws Exception {
    try {
      endTerm();
    } finally {
      cleanUp.close();
    }
  }
}
