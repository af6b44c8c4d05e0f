package io.metasrv.domain.table;

/**
 * The full name of a table or view.
 *
 * @param catalog its catalog
 * @param schema its schema
 * @param table its own name
 */
public record TableName(String catalog, String schema, String table) {

  /** The form of messages: {@code catalog.schema.table}. */
  @Override
  public String toString() {
    return catalog + "." + schema + "." + table;
  }
}
