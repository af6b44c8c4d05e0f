package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.ViewInfoCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.ViewInfoKey;
import io.metasrv.domain.table.ViewInfo;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Views (sheet 03 §3.8). Stateless, thread-safe. */
public final class ViewInfoManager {

  private static final ViewInfoCodec CODEC = ViewInfoCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public ViewInfoManager(KeyValueStore store) {
    this.store = store;
  }

  private static Bytes key(TableId view) {
    return new ViewInfoKey(view).toBytes();
  }

  /** The view. */
  public Optional<Stored<ViewInfo>> get(TableId view) {
    return Reads.get(store, key(view), CODEC);
  }

  /** Those views that are there. */
  public SequencedMap<TableId, Stored<ViewInfo>> batchGet(List<TableId> views) {
    return Reads.batch(store, views, ViewInfoManager::key, CODEC);
  }
}
