package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __catalog_name/<catalog>}: a catalog exists.
 *
 * @param catalog its name
 */
public record CatalogNameKey(String catalog) {

  private static final String FAMILY = "__catalog_name/";

  private static final KeyFormat FORMAT = KeyFormat.of(FAMILY, KeyFormat.NAME);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + catalog);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static CatalogNameKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new CatalogNameKey(parts.text(1));
  }
}
