package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Names of tables and views (sheet 03 §3.3). Stateless, thread-safe. */
public final class TableNameManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableNameManager(KeyValueStore store) {
    this.store = store;
  }

  /** The id of the table or view. */
  public Optional<TableId> get(TableName name) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Whether the name is taken. */
  public boolean exists(TableName name) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The ids of those names that are taken. */
  public SequencedMap<TableName, TableId> batchGet(List<TableName> names) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** All tables and views of the schema, ascending by name. */
  public SequencedMap<String, TableId> tables(String catalog, String schema) {
    throw new UnsupportedOperationException("not written yet");
  }
}
