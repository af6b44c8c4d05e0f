package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.NodeRole;

/**
 * {@code __node_address/<role>/<node id>}: the current address of a node. Routes carry the address
 * of the time they were made, this one replaces it on read.
 *
 * @param roleNumber 0 for datanodes, 2 for flownodes; others are never written
 * @param nodeId unsigned
 */
public record NodeAddressKey(long roleNumber, long nodeId) {

  private static final String FAMILY = "__node_address/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NUMBER + "/" + KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** The key of a node of the role. */
  public static NodeAddressKey of(NodeRole role, long nodeId) {
    return new NodeAddressKey(role.number(), nodeId);
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(
        FAMILY + Long.toUnsignedString(roleNumber) + "/" + Long.toUnsignedString(nodeId));
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static NodeAddressKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new NodeAddressKey(parts.number(1), parts.number(2));
  }
}
