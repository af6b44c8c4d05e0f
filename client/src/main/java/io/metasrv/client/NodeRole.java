package io.metasrv.client;

import io.metasrv.protocol.v1.meta.Role;
import java.util.Optional;

/** Roles of nodes in cluster information (sheet 04 §1.2). */
public enum NodeRole {
  DATANODE(0),
  FRONTEND(1),
  FLOWNODE(2),
  /** Known to clients only; no role on the wire. */
  METASRV(99);

  private final int number;

  NodeRole(int number) {
    this.number = number;
  }

  /** The number in the keys of cluster information. */
  public int number() {
    return number;
  }

  /** The role in request headers; empty for a metasrv. */
  public Optional<Role> wire() {
    return this == METASRV ? Optional.empty() : Optional.of(Role.forNumber(number));
  }
}
