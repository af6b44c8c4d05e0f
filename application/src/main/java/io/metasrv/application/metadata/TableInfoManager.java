package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableInfoValue;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Infos of tables and views (sheet 03 §3.4). Stateless, thread-safe. */
public final class TableInfoManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableInfoManager(KeyValueStore store) {
    this.store = store;
  }

  /** The info. */
  public Optional<Stored<TableInfoValue>> get(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Whether there is an info. */
  public boolean exists(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Those infos that are there. */
  public SequencedMap<TableId, Stored<TableInfoValue>> batchGet(List<TableId> tables) {
    throw new UnsupportedOperationException("not written yet");
  }
}
