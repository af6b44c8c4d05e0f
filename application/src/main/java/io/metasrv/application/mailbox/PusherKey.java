package io.metasrv.application.mailbox;

import io.metasrv.domain.heartbeat.NodeRole;
import java.util.Comparator;

/**
 * Names a connected node. Ordered by role, then by id as an unsigned number.
 *
 * @param role datanode, frontend or flownode
 * @param id the node's id; for frontends, which all have id 0, a number of their own per stream
 */
public record PusherKey(NodeRole role, long id) implements Comparable<PusherKey> {

  private static final Comparator<PusherKey> ORDER =
      Comparator.comparing((PusherKey key) -> key.role().number())
          .thenComparing(PusherKey::id, Long::compareUnsigned);

  /** A datanode. */
  public static PusherKey datanode(long id) {
    return new PusherKey(NodeRole.DATANODE, id);
  }

  /** A flownode. */
  public static PusherKey flownode(long id) {
    return new PusherKey(NodeRole.FLOWNODE, id);
  }

  @Override
  public int compareTo(PusherKey other) {
    return ORDER.compare(this, other);
  }

  /** The form of logs, labels and errors, for example {@code Datanode-1}. */
  @Override
  public String toString() {
    return role.displayName() + "-" + Long.toUnsignedString(id);
  }
}
