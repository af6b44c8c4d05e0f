package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * {@code __flow/source_table/<table id>/<flownode id>/<flow id>/<partition>}: a partition of a flow
 * reads a table.
 *
 * @param sourceTable the table
 * @param flownode unsigned 64 bits
 * @param flowId unsigned 32 bits
 * @param partition unsigned 32 bits
 */
public record TableFlowKey(TableId sourceTable, long flownode, long flowId, long partition) {

  private static final String FAMILY = "__flow/source_table/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(
          FAMILY,
          KeyFormat.NUMBER
              + "/"
              + KeyFormat.NUMBER
              + "/"
              + KeyFormat.NUMBER
              + "/"
              + KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  public TableFlowKey {
    FlowKeys.check32("flow id", flowId);
    FlowKeys.check32("partition", partition);
  }

  /** Begins every key of a flow that reads the table. */
  public static Bytes prefixOf(TableId sourceTable) {
    return Bytes.utf8(FAMILY + sourceTable + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(
        FAMILY
            + sourceTable
            + "/"
            + Long.toUnsignedString(flownode)
            + "/"
            + flowId
            + "/"
            + partition);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code MismatchPrefix} or {@code
   *     InvalidMetadata}) if it is no such key
   */
  public static TableFlowKey parse(Bytes key) {
    KeyFormat.Parts parts = FlowKeys.parse(FORMAT, key);
    return new TableFlowKey(parts.table(1), parts.number(2), parts.number32(3), parts.number32(4));
  }
}
