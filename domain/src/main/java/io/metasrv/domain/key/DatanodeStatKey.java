package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * Key of a datanode's statistics in the leader's memory (sheet 04 §10.3).
 *
 * @param nodeId unsigned
 */
public record DatanodeStatKey(long nodeId) {

  private static final String FAMILY = "__meta_datanode_stat-";

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY + "0-");

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + "0-" + Long.toUnsignedString(nodeId));
  }

  /**
   * Reads a key; the retired cluster id may be any number.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if it is no such key
   */
  public static DatanodeStatKey parse(Bytes key) {
    KeyNumbers numbers = KeyNumbers.behind(FAMILY, '-', 2, key);
    return new DatanodeStatKey(numbers.at(1));
  }
}
