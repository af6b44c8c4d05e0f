package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __catalog_name/<catalog>}: a catalog exists.
 *
 * @param catalog its name
 */
public record CatalogNameKey(String catalog) {

  /** What every such key begins with. */
  public static final String PREFIX = "__catalog_name/";

  /** The key. */
  public Bytes toBytes() {
    return Bytes.utf8(PREFIX + catalog);
  }
}
