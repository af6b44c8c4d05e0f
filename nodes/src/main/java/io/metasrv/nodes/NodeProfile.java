package io.metasrv.nodes;

import io.metasrv.protocol.v1.meta.NodeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who a node is: what its heartbeats say of it.
 *
 * @param id unsigned; 0 for frontends
 * @param address advertised {@code host:port}
 * @param startedAt start of the process; its milliseconds are the node epoch
 * @param cpuMillicores CPU of the machine
 * @param memoryBytes memory of the machine
 * @param environment variables it reports
 */
public record NodeProfile(
    long id,
    String address,
    Instant startedAt,
    String version,
    String gitCommit,
    String hostname,
    long cpuMillicores,
    long memoryBytes,
    Map<String, String> environment) {

  /** The version of GreptimeDB whose behaviour is followed. */
  public static final String FOLLOWED_VERSION = "1.1.4";

  public NodeProfile {
    environment = new TreeMap<>(environment);
  }

  /** A node with the values of a small machine. */
  public static NodeProfile of(long id, String address, Instant startedAt) {
    return new NodeProfile(
        id,
        address,
        startedAt,
        FOLLOWED_VERSION,
        "double",
        "double-" + Long.toUnsignedString(id),
        4_000,
        8L << 30,
        Map.of());
  }

  /** The same node after a restart, perhaps at another address. */
  public NodeProfile restarted(String newAddress, Instant at) {
    return new NodeProfile(
        id, newAddress, at, version, gitCommit, hostname, cpuMillicores, memoryBytes, environment);
  }

  long epochMillis() {
    return startedAt.toEpochMilli();
  }

  /** The node info of a heartbeat; v1.1.4 fills the deprecated duplicates, too. */
  @SuppressWarnings("deprecation")
  NodeInfo info() {
    return NodeInfo.newBuilder()
        .setVersion(version)
        .setGitCommit(gitCommit)
        .setStartTimeMs(epochMillis())
        .setCpus((int) cpuMillicores)
        .setMemoryBytes(memoryBytes)
        .setHostname(hostname)
        .setTotalCpuMillicores(cpuMillicores)
        .setTotalMemoryBytes(memoryBytes)
        .setCpuUsageMillicores(cpuMillicores / 10)
        .setMemoryUsageBytes(memoryBytes / 10)
        .build();
  }
}
