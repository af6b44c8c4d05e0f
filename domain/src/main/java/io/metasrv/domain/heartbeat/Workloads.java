package io.metasrv.domain.heartbeat;

import java.util.List;

/**
 * What a node is willing to do, by its role (sheet 04 §10.1, §17.3).
 *
 * @param role datanode, frontend or flownode
 * @param types numbers of workload types; the only one known for datanodes is {@link #HYBRID}
 */
public record Workloads(NodeRole role, List<Integer> types) {

  /** The datanode workload that does everything. */
  public static final int HYBRID = 0;

  public Workloads {
    if (role == NodeRole.METASRV) {
      throw new IllegalArgumentException("a metasrv has no workloads");
    }
    types = List.copyOf(types);
  }

  /** A datanode that says nothing of its workloads does everything. */
  public static Workloads defaultsOf(NodeRole role) {
    return new Workloads(role, role == NodeRole.DATANODE ? List.of(HYBRID) : List.of());
  }

  /**
   * The workloads of a datanode without the types this version does not know. A list of unknown
   * types only becomes empty, and the node is then not eligible for regions.
   */
  public static Workloads ofDatanode(List<Integer> reported) {
    return new Workloads(
        NodeRole.DATANODE, reported.stream().filter(type -> type == HYBRID).toList());
  }

  /** Whether new regions may be placed on the node; always true for other roles. */
  public boolean acceptsIngest() {
    return role != NodeRole.DATANODE || types.contains(HYBRID);
  }
}
