package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.CatalogNameKey;
import java.util.List;

/** Catalogs (sheet 03 §3.1): that a key is there is all there is. Stateless, thread-safe. */
public final class CatalogManager {

  private static final Bytes VALUE = Bytes.utf8("null");

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public CatalogManager(KeyValueStore store) {
    this.store = store;
  }

  /** Whether the catalog is there. */
  public boolean exists(String catalog) {
    return store.get(new CatalogNameKey(catalog).toBytes()).isPresent();
  }

  /** Creates the catalog unless it is there. */
  public void create(String catalog) {
    new GuardedTxn().create(new CatalogNameKey(catalog).toBytes(), VALUE).commit(store);
  }

  /** The names of all catalogs, ascending. */
  public List<String> names() {
    return Reads.keys(store, CatalogNameKey.PREFIX, CatalogNameKey::parse).stream()
        .map(CatalogNameKey::catalog)
        .toList();
  }
}
