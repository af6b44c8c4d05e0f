package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __flow/route/<flow id>/<partition>}: where a partition of a flow runs.
 *
 * @param flowId unsigned 32 bits
 * @param partition unsigned 32 bits
 */
public record FlowRouteKey(long flowId, long partition) {

  private static final String FAMILY = "__flow/route/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NUMBER + "/" + KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  public FlowRouteKey {
    FlowKeys.check32("flow id", flowId);
    FlowKeys.check32("partition", partition);
  }

  /** Begins every key of a partition of the flow. */
  public static Bytes prefixOf(long flowId) {
    return Bytes.utf8(FAMILY + flowId + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + flowId + "/" + partition);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code MismatchPrefix} or {@code
   *     InvalidMetadata}) if it is no such key
   */
  public static FlowRouteKey parse(Bytes key) {
    KeyFormat.Parts parts = FlowKeys.parse(FORMAT, key);
    return new FlowRouteKey(parts.number32(1), parts.number32(2));
  }
}
