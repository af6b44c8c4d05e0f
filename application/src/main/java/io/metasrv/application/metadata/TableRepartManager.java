package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableRepart;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;

/** Which regions took over files of which (sheet 03 §3.6). Stateless, thread-safe. */
public final class TableRepartManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableRepartManager(KeyValueStore store) {
    this.store = store;
  }

  /** What is known of the table. */
  public Optional<Stored<TableRepart>> get(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Adds destinations to sources. */
  public void updateMappings(TableId table, SortedMap<RegionId, SortedSet<RegionId>> added) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Removes destinations of sources. @throws ServiceException TableRepartNotFound */
  public void removeMappings(TableId table, SortedMap<RegionId, SortedSet<RegionId>> removed) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Writes the value, if what is stored is as read. @throws ServiceException MetadataCorruption */
  public void upsert(TableId table, Optional<Stored<TableRepart>> current, TableRepart changed) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Those of all tables. */
  public SequencedMap<TableId, TableRepart> all() {
    throw new UnsupportedOperationException("not written yet");
  }
}
