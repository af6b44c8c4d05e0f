package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import java.util.List;

/** Catalogs (sheet 03 §3.1). Stateless, thread-safe. */
public final class CatalogManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public CatalogManager(KeyValueStore store) {
    this.store = store;
  }

  /** Whether the catalog is there. */
  public boolean exists(String catalog) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Creates the catalog unless it is there. */
  public void create(String catalog) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The names of all catalogs, ascending. */
  public List<String> names() {
    throw new UnsupportedOperationException("not written yet");
  }
}
