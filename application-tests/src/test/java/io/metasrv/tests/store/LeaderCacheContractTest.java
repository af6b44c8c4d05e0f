package io.metasrv.tests.store;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.LeaderCache;
import io.metasrv.application.store.LocalElection;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import java.util.List;

/** A store read through the leader's cache, every key being kept, keeps the contract. */
final class LeaderCacheContractTest extends KeyValueStoreContract {

  @Override
  protected StoreFixture newFixture() {
    InMemoryStore store = new InMemoryStore();
    LeaderCache cache =
        new LeaderCache(store, List.of(Bytes.EMPTY), new VirtualThreadRuntime(), new NoMetrics());
    cache.load();
    return StoreFixture.elected(cache, new LocalElection(store), () -> {});
  }
}
