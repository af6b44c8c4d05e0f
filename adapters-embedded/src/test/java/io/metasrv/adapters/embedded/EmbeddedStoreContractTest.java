package io.metasrv.adapters.embedded;

import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreContractTest extends KeyValueStoreContract {

  @TempDir Path directory;

  @Override
  protected StoreFixture newFixture() {
    EmbeddedStore store = EmbeddedStore.open(directory.resolve("store"));
    return StoreFixture.local(store, store);
  }
}
