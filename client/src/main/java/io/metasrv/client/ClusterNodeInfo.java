package io.metasrv.client;

import io.metasrv.domain.Peer;
import java.util.List;
import java.util.Map;

/**
 * What the leader knows of a node.
 *
 * @param lastActivityMillis the leader's clock at the last heartbeat; -1 for metasrvs
 * @param startTimeMillis when the node's process started
 * @param cpuMillicores CPU of the machine, 0 if unknown; likewise the next three
 */
public record ClusterNodeInfo(
    Peer peer,
    long lastActivityMillis,
    Status status,
    String version,
    String gitCommit,
    long startTimeMillis,
    long cpuMillicores,
    long memoryBytes,
    long cpuUsageMillicores,
    long memoryUsageBytes,
    String hostname,
    Map<String, String> environment) {

  /** What is known of a node by its role. */
  public sealed interface Status {

    /**
     * @param workloads the kinds of work it takes; 0 is every kind
     */
    record Datanode(
        long readUnits,
        long writeUnits,
        long leaderRegions,
        long followerRegions,
        List<Integer> workloads)
        implements Status {}

    record Frontend(List<Integer> workloads) implements Status {}

    record Flownode(List<Integer> workloads) implements Status {}

    record Metasrv(boolean isLeader) implements Status {}

    record Standalone() implements Status {}
  }
}
