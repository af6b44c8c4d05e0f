package io.metasrv.domain.heartbeat;

import io.metasrv.domain.Peer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the leader remembers of a node (sheet 02 §19.2). Clients list the cluster from it.
 *
 * @param peer id and address as the node sent them; the id of a frontend is usually 0
 * @param lastActivityMillis wall clock of the metasrv at the last heartbeat, milliseconds
 * @param status what depends on the role
 * @param build version and commit
 * @param startTimeMillis start of the node, milliseconds, unsigned
 * @param resources the machine
 * @param hostname name of the machine
 * @param environment selected environment variables
 */
public record NodeInfo(
    Peer peer,
    long lastActivityMillis,
    NodeStatus status,
    Build build,
    long startTimeMillis,
    Resources resources,
    String hostname,
    SortedMap<String, String> environment) {

  public NodeInfo {
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /**
   * What the node was built from.
   *
   * @param version product version
   * @param gitCommit commit hash, short
   */
  public record Build(String version, String gitCommit) {}

  /**
   * CPU in thousandths of a core, memory in bytes; 0 where unknown.
   *
   * @param totalCpuMillicores limit
   * @param totalMemoryBytes limit
   * @param cpuUsageMillicores in use
   * @param memoryUsageBytes in use
   */
  public record Resources(
      long totalCpuMillicores,
      long totalMemoryBytes,
      long cpuUsageMillicores,
      long memoryUsageBytes) {
    /** Nothing known. */
    public static final Resources UNKNOWN = new Resources(0, 0, 0, 0);
  }
}
