package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import java.util.Optional;
import java.util.SequencedMap;

/** Tables that were dropped and can still be restored (sheet 03 §8). Stateless, thread-safe. */
public final class DroppedTables {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public DroppedTables(KeyValueStore store) {
    this.store = store;
  }

  /** All of them. */
  public SequencedMap<TableName, TableId> list() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The one that had the name last. */
  public Optional<TableId> byName(TableName name) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** All that is known of one. */
  public Optional<DroppedTable> byId(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }
}
