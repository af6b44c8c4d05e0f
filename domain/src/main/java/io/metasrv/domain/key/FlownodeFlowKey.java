package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __flow/flownode/<flownode id>/<flow id>/<partition>}: a flownode runs a partition of a
 * flow.
 *
 * @param flownode unsigned 64 bits
 * @param flowId unsigned 32 bits
 * @param partition unsigned 32 bits
 */
public record FlownodeFlowKey(long flownode, long flowId, long partition) {

  private static final String FAMILY = "__flow/flownode/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NUMBER + "/" + KeyFormat.NUMBER + "/" + KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  public FlownodeFlowKey {
    FlowKeys.check32("flow id", flowId);
    FlowKeys.check32("partition", partition);
  }

  /** Begins every key of a partition on the flownode. */
  public static Bytes prefixOf(long flownode) {
    return Bytes.utf8(FAMILY + Long.toUnsignedString(flownode) + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + Long.toUnsignedString(flownode) + "/" + flowId + "/" + partition);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code MismatchPrefix} or {@code
   *     InvalidMetadata}) if it is no such key
   */
  public static FlownodeFlowKey parse(Bytes key) {
    KeyFormat.Parts parts = FlowKeys.parse(FORMAT, key);
    return new FlownodeFlowKey(parts.number(1), parts.number32(2), parts.number32(3));
  }
}
