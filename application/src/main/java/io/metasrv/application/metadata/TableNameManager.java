package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableNameValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Names of tables and views (sheet 03 §3.3). Stateless, thread-safe. */
public final class TableNameManager {

  private static final TableNameValueCodec CODEC = TableNameValueCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableNameManager(KeyValueStore store) {
    this.store = store;
  }

  /** What is stored of the name. */
  Optional<Stored<TableNameValue>> stored(TableName name) {
    return Reads.get(store, TableNameKey.of(name).toBytes(), CODEC);
  }

  /** The id of the table or view. */
  public Optional<TableId> get(TableName name) {
    return stored(name).map(found -> found.value().tableId());
  }

  /** Whether the name is taken. */
  public boolean exists(TableName name) {
    return store.get(TableNameKey.of(name).toBytes()).isPresent();
  }

  /** The ids of those names that are taken. */
  public SequencedMap<TableName, TableId> batchGet(List<TableName> names) {
    LinkedHashMap<TableName, TableId> ids = new LinkedHashMap<>();
    Reads.batch(store, names, name -> TableNameKey.of(name).toBytes(), CODEC)
        .forEach((name, found) -> ids.put(name, found.value().tableId()));
    return ids;
  }

  /** All tables and views of the schema, ascending by name. */
  public SequencedMap<String, TableId> tables(String catalog, String schema) {
    LinkedHashMap<String, TableId> tables = new LinkedHashMap<>();
    Reads.scan(store, TableNameKey.prefixOf(catalog, schema), TableNameKey::parse, CODEC)
        .forEach((key, found) -> tables.put(key.table(), found.value().tableId()));
    return tables;
  }
}
