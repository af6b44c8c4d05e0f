package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * {@code __table_repart/<table id>}: which regions took over files of which.
 *
 * @param table the table
 */
public record TableRepartKey(TableId table) {

  private static final String FAMILY = "__table_repart/";

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
  public static TableRepartKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new TableRepartKey(parts.table(1));
  }
}
