package io.metasrv.tests.store;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;

/** The in-memory store with the limits of a remote one keeps the contract, limits included. */
final class LimitedInMemoryStoreContractTest extends KeyValueStoreContract {

  @Override
  protected StoreFixture newFixture() {
    return StoreFixture.local(new InMemoryStore(128, KeyValueStore.MIN_MAX_VALUE_BYTES), () -> {});
  }
}
