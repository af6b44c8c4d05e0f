package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * {@code __dn_table/<datanode id>/<table id>}: what a datanode must know of a table.
 *
 * @param datanode unsigned
 * @param table the table
 */
public record DatanodeTableKey(long datanode, TableId table) {

  private static final String FAMILY = "__dn_table/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NUMBER + "/" + KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** Begins every key of a table of the datanode. */
  public static Bytes prefixOf(long datanode) {
    return Bytes.utf8(FAMILY + Long.toUnsignedString(datanode) + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + Long.toUnsignedString(datanode) + "/" + table);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static DatanodeTableKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new DatanodeTableKey(parts.number(1), parts.table(2));
  }
}
