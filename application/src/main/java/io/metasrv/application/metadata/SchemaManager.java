package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.table.SchemaOptions;
import java.util.List;
import java.util.Optional;

/** Schemas (sheet 03 §3.2). Stateless, thread-safe. */
public final class SchemaManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public SchemaManager(KeyValueStore store) {
    this.store = store;
  }

  /** Whether the schema is there. */
  public boolean exists(String catalog, String schema) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** What is stored of the schema. */
  public Optional<Stored<SchemaOptions>> get(String catalog, String schema) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Creates the schema unless it is there; whether it did. */
  public boolean create(String catalog, String schema, SchemaOptions options) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Changes the schema, if it is as read (§6.17). */
  public void update(
      String catalog, String schema, Stored<SchemaOptions> current, SchemaOptions changed) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Removes the schema. */
  public void delete(String catalog, String schema) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The names of all schemas of the catalog, ascending. */
  public List<String> names(String catalog) {
    throw new UnsupportedOperationException("not written yet");
  }
}
