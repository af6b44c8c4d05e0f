package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __schema_name/<catalog>/<schema>}: a schema exists.
 *
 * @param catalog name of its catalog
 * @param schema its name
 */
public record SchemaNameKey(String catalog, String schema) {

  /** What every such key begins with. */
  public static final String PREFIX = "__schema_name/";

  /** The key. */
  public Bytes toBytes() {
    return Bytes.utf8(PREFIX + catalog + "/" + schema);
  }
}
