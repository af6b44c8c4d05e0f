package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __flow/name/<catalog>/<flow>}: the id of a flow by its name. Old names may hold any
 * character.
 *
 * @param catalog name of its catalog
 * @param flow its name
 */
public record FlowNameKey(String catalog, String flow) {

  private static final String FAMILY = "__flow/name/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NAME + "/" + KeyFormat.ANYTHING);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** Begins every key of a flow of the catalog. */
  public static Bytes prefixOf(String catalog) {
    return Bytes.utf8(FAMILY + catalog + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + catalog + "/" + flow);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code MismatchPrefix} or {@code
   *     InvalidMetadata}) if it is no such key
   */
  public static FlowNameKey parse(Bytes key) {
    KeyFormat.Parts parts = FlowKeys.parse(FORMAT, key);
    return new FlowNameKey(parts.text(1), parts.text(2));
  }
}
