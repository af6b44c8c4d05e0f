package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __schema_name/<catalog>/<schema>}: a schema exists.
 *
 * @param catalog name of its catalog
 * @param schema its name
 */
public record SchemaNameKey(String catalog, String schema) {

  private static final String FAMILY = "__schema_name/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NAME + "/" + KeyFormat.NAME);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** Begins every key of a schema of the catalog. */
  public static Bytes prefixOf(String catalog) {
    return Bytes.utf8(FAMILY + catalog + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + catalog + "/" + schema);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static SchemaNameKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new SchemaNameKey(parts.text(1), parts.text(2));
  }
}
