package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TableRepartCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.TableRepartKey;
import io.metasrv.domain.table.TableRepart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;

/** Which regions took over files of which (sheet 03 §3.6). Stateless, thread-safe. */
public final class TableRepartManager {

  private static final TableRepartCodec CODEC = TableRepartCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableRepartManager(KeyValueStore store) {
    this.store = store;
  }

  private static Bytes key(TableId table) {
    return new TableRepartKey(table).toBytes();
  }

  /** What is known of the table. */
  public Optional<Stored<TableRepart>> get(TableId table) {
    return Reads.get(store, key(table), CODEC);
  }

  /**
   * Adds destinations to sources; a source without new destinations is left as it is.
   *
   * @throws ServiceException ({@code MetadataCorruption}) if another changed it meanwhile
   */
  public void updateMappings(TableId table, SortedMap<RegionId, SortedSet<RegionId>> added) {
    Optional<Stored<TableRepart>> current = get(table);
    TableRepart changed = current.map(Stored::value).orElse(TableRepart.none());
    for (Map.Entry<RegionId, SortedSet<RegionId>> entry : added.entrySet()) {
      changed = changed.adding(entry.getKey(), entry.getValue());
    }
    upsert(table, current, changed);
  }

  /**
   * Removes destinations of sources, and sources that have none left.
   *
   * @throws ServiceException ({@code TableRepartNotFound}) if nothing is stored; ({@code
   *     MetadataCorruption}) if another changed it meanwhile
   */
  public void removeMappings(TableId table, SortedMap<RegionId, SortedSet<RegionId>> removed) {
    Stored<TableRepart> current =
        get(table).orElseThrow(() -> MetadataErrors.tableRepartNotFound(table));
    TableRepart changed = current.value();
    for (Map.Entry<RegionId, SortedSet<RegionId>> entry : removed.entrySet()) {
      changed = changed.removing(entry.getKey(), entry.getValue());
    }
    upsert(table, Optional.of(current), changed);
  }

  /**
   * Writes the value, if what is stored is as read. Nothing is written for an empty value where
   * nothing is stored.
   *
   * @throws ServiceException ({@code MetadataCorruption}) if another value is stored
   */
  public void upsert(TableId table, Optional<Stored<TableRepart>> current, TableRepart changed) {
    if (current.isEmpty() && changed.destinations().isEmpty()) {
      return;
    }
    Bytes key = key(table);
    Bytes value = CODEC.encode(changed);
    GuardedTxn txn = new GuardedTxn();
    current.ifPresentOrElse(
        stored -> txn.replace(key, stored.raw(), value), () -> txn.create(key, value));
    GuardedTxn.Outcome outcome = txn.commit(store);
    if (!outcome.committed()
        && !outcome.at(key).map(raw -> CODEC.decode(key, raw)).equals(Optional.of(changed))) {
      throw MetadataErrors.corruption(
          "the repartition of table " + table + " under key " + key + " was changed by another");
    }
  }

  /** Those of all tables. */
  public SequencedMap<TableId, TableRepart> all() {
    LinkedHashMap<TableId, TableRepart> all = new LinkedHashMap<>();
    Reads.scan(store, TableRepartKey.PREFIX, TableRepartKey::parse, CODEC)
        .forEach((key, stored) -> all.put(key.table(), stored.value()));
    return all;
  }
}
