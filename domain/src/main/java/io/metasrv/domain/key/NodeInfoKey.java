package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.NodeRole;

/**
 * Key of a node's info in the leader's memory (sheet 04 §10.5). The role is part of it, because
 * nodes of different roles may have equal ids.
 *
 * @param roleNumber see {@link NodeRole#number()}
 * @param nodeId unsigned; a hash of the address for frontends
 */
public record NodeInfoKey(long roleNumber, long nodeId) {

  private static final String FAMILY = "__meta_cluster_node_info-";

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY + "0-");

  /** The key of a node of the role. */
  public static NodeInfoKey of(NodeRole role, long nodeId) {
    return new NodeInfoKey(role.number(), nodeId);
  }

  /** Begins every key of a node of the role. */
  public static Bytes prefixOf(NodeRole role) {
    return Bytes.utf8(FAMILY + "0-" + role.number() + "-");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + "0-" + roleNumber + "-" + Long.toUnsignedString(nodeId));
  }

  /**
   * Reads a key; the retired cluster id may be any number.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if it is no such key
   */
  public static NodeInfoKey parse(Bytes key) {
    KeyNumbers numbers = KeyNumbers.behind(FAMILY, '-', 3, key);
    return new NodeInfoKey(numbers.at(1), numbers.at(2));
  }
}
