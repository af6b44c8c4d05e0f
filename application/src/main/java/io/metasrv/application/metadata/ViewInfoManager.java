package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.ViewInfo;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Views (sheet 03 §3.8). Stateless, thread-safe. */
public final class ViewInfoManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public ViewInfoManager(KeyValueStore store) {
    this.store = store;
  }

  /** The view. */
  public Optional<Stored<ViewInfo>> get(TableId view) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Those views that are there. */
  public SequencedMap<TableId, Stored<ViewInfo>> batchGet(List<TableId> views) {
    throw new UnsupportedOperationException("not written yet");
  }
}
