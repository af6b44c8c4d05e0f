package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __table_name/<catalog>/<schema>/<table>}: the id of a table by its name.
 *
 * @param catalog name of its catalog
 * @param schema name of its schema
 * @param table its name
 */
public record TableNameKey(String catalog, String schema, String table) {

  /** What every such key begins with. */
  public static final String PREFIX = "__table_name/";

  /** The key. */
  public Bytes toBytes() {
    return Bytes.utf8(PREFIX + catalog + "/" + schema + "/" + table);
  }

  /** The form of messages: {@code catalog.schema.table}. */
  @Override
  public String toString() {
    return catalog + "." + schema + "." + table;
  }
}
