package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.NodeRole;

/**
 * Key of a node's current address in the store (sheet 02 §19): routes carry the address of the time
 * they were made, this one replaces it on read.
 *
 * @param roleNumber 0 for datanodes, 2 for flownodes; others are never written
 * @param nodeId unsigned
 */
public record NodeAddressKey(long roleNumber, long nodeId) {

  private static final String FAMILY = "__node_address/";

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY);

  /** The key of a node of the role. */
  public static NodeAddressKey of(NodeRole role, long nodeId) {
    return new NodeAddressKey(role.number(), nodeId);
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + roleNumber + "/" + Long.toUnsignedString(nodeId));
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if it is no such key
   */
  public static NodeAddressKey parse(Bytes key) {
    KeyNumbers numbers = KeyNumbers.behind(FAMILY, '/', 2, key);
    return new NodeAddressKey(numbers.at(0), numbers.at(1));
  }
}
