package io.metasrv.tests.store;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;

/** The in-memory store keeps the contract. */
final class InMemoryStoreContractTest extends KeyValueStoreContract {

  @Override
  protected StoreFixture newFixture() {
    return StoreFixture.local(new InMemoryStore(), () -> {});
  }
}
