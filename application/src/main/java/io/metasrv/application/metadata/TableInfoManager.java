package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.table.TableInfoValue;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Infos of tables and views (sheet 03 §3.4). Stateless, thread-safe. */
public final class TableInfoManager {

  private static final TableInfoValueCodec CODEC = TableInfoValueCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableInfoManager(KeyValueStore store) {
    this.store = store;
  }

  private static Bytes key(TableId table) {
    return new TableInfoKey(table).toBytes();
  }

  /** The info. */
  public Optional<Stored<TableInfoValue>> get(TableId table) {
    return Reads.get(store, key(table), CODEC);
  }

  /** Whether there is an info. */
  public boolean exists(TableId table) {
    return store.get(key(table)).isPresent();
  }

  /** Those infos that are there. */
  public SequencedMap<TableId, Stored<TableInfoValue>> batchGet(List<TableId> tables) {
    return Reads.batch(store, tables, TableInfoManager::key, CODEC);
  }
}
