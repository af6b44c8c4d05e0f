package io.metasrv.domain.heartbeat;

/** The part of a {@link NodeInfo} that depends on the node's role (sheet 02 §19.2). */
public sealed interface NodeStatus {

  /**
   * A datanode.
   *
   * @param rcus sum over its regions
   * @param wcus sum over its regions
   * @param leaderRegions regions it leads
   * @param followerRegions its other regions
   * @param workloads what it is willing to do
   */
  record Datanode(
      long rcus, long wcus, long leaderRegions, long followerRegions, Workloads workloads)
      implements NodeStatus {}

  /** A frontend. */
  record Frontend(Workloads workloads) implements NodeStatus {}

  /** A flownode. */
  record Flownode(Workloads workloads) implements NodeStatus {}

  /** A metasrv; never kept, only shown. */
  record Metasrv(boolean isLeader) implements NodeStatus {}

  /** A whole database in one process; never kept, only shown. */
  record Standalone() implements NodeStatus {}
}
