package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * {@code __table_route/<table id>}: which datanodes hold the regions of a table.
 *
 * @param table the table
 */
public record TableRouteKey(TableId table) {

  private static final String FAMILY = "__table_route/";

  private static final KeyFormat FORMAT = KeyFormat.of(FAMILY, KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + table);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static TableRouteKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new TableRouteKey(parts.table(1));
  }
}
