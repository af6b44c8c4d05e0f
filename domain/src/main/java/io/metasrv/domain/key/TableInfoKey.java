package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * {@code __table_info/<table id>}: what is known of a table or view.
 *
 * @param table the table
 */
public record TableInfoKey(TableId table) {

  private static final String FAMILY = "__table_info/";

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
  public static TableInfoKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new TableInfoKey(parts.table(1));
  }
}
