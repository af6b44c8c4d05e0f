package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __flow/info/<flow id>}: a flow.
 *
 * @param flowId unsigned 32 bits
 */
public record FlowInfoKey(long flowId) {

  private static final String FAMILY = "__flow/info/";

  private static final KeyFormat FORMAT = KeyFormat.of(FAMILY, KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  public FlowInfoKey {
    FlowKeys.check32("flow id", flowId);
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + flowId);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code MismatchPrefix} or {@code
   *     InvalidMetadata}) if it is no such key
   */
  public static FlowInfoKey parse(Bytes key) {
    KeyFormat.Parts parts = FlowKeys.parse(FORMAT, key);
    return new FlowInfoKey(parts.number32(1));
  }
}
