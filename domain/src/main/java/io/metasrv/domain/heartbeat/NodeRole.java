package io.metasrv.domain.heartbeat;

import java.util.Optional;

/** What kind of process a node is (sheet 04 §1.2). The number appears on the wire and in keys. */
public enum NodeRole {
  DATANODE(0, "Datanode"),
  FRONTEND(1, "Frontend"),
  FLOWNODE(2, "Flownode"),
  /** Only in keys of node infos; never the role of a heartbeat. */
  METASRV(99, "Metasrv");

  private final int number;
  private final String displayName;

  NodeRole(int number, String displayName) {
    this.number = number;
    this.displayName = displayName;
  }

  /** The number on the wire and in keys. */
  public int number() {
    return number;
  }

  /** The name in texts, labels and tagged JSON, for example {@code Datanode}. */
  public String displayName() {
    return displayName;
  }

  /** The role with this number, if there is one. */
  public static Optional<NodeRole> ofNumber(int number) {
    for (NodeRole role : values()) {
      if (role.number == number) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** The role of a heartbeat with this number; a metasrv sends none. */
  public static Optional<NodeRole> ofHeartbeat(int number) {
    return ofNumber(number).filter(role -> role != METASRV);
  }
}
