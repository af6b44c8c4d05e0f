package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.SchemaOptionsCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.SchemaNameKey;
import io.metasrv.domain.table.SchemaOptions;
import java.util.List;
import java.util.Optional;

/** Schemas (sheet 03 §3.2). Stateless, thread-safe. */
public final class SchemaManager {

  private static final SchemaOptionsCodec CODEC = SchemaOptionsCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public SchemaManager(KeyValueStore store) {
    this.store = store;
  }

  private static Bytes key(String catalog, String schema) {
    return new SchemaNameKey(catalog, schema).toBytes();
  }

  /** Whether the schema is there. */
  public boolean exists(String catalog, String schema) {
    return store.get(key(catalog, schema)).isPresent();
  }

  /** What is stored of the schema. */
  public Optional<Stored<SchemaOptions>> get(String catalog, String schema) {
    return Reads.get(store, key(catalog, schema), CODEC);
  }

  /**
   * Creates the schema unless it is there.
   *
   * @return whether it has these options now: made by this call, or by an equal one before
   */
  public boolean create(String catalog, String schema, SchemaOptions options) {
    Bytes key = key(catalog, schema);
    GuardedTxn.Outcome outcome = new GuardedTxn().create(key, CODEC.encode(options)).commit(store);
    return outcome.committed()
        || outcome.at(key).map(raw -> CODEC.decode(key, raw)).equals(Optional.of(options));
  }

  /**
   * Changes the schema, if it is as read (§6.17).
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if it is not
   */
  public void update(
      String catalog, String schema, Stored<SchemaOptions> current, SchemaOptions changed) {
    Bytes key = key(catalog, schema);
    new GuardedTxn()
        .replace(key, current.raw(), CODEC.encode(changed))
        .commit(store)
        .settle(key, CODEC, changed, "schema name", "the updating schema name value");
  }

  /** Removes the schema. */
  public void delete(String catalog, String schema) {
    Writes.deleteAll(store, List.of(key(catalog, schema)));
  }

  /** The names of all schemas of the catalog, ascending. */
  public List<String> names(String catalog) {
    return Reads.keys(store, SchemaNameKey.prefixOf(catalog), SchemaNameKey::parse).stream()
        .map(SchemaNameKey::schema)
        .toList();
  }
}
