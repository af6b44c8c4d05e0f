package io.metasrv.client;

import io.metasrv.client.ClusterNodeInfo.Status;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.protocol.v1.meta.MetasrvNodeInfo;
import io.metasrv.protocol.v1.meta.NodeInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the JSON that the leader keeps in memory for clients (sheet 01 §11). */
final class ClusterValues {

  private ClusterValues() {}

  /**
   * @throws IllegalArgumentException if the text is not a node info
   */
  static ClusterNodeInfo nodeInfo(String text) {
    Json json = Json.parse(text);
    return new ClusterNodeInfo(
        new Peer(json.at("peer").at("id").number(), json.at("peer").at("addr").text()),
        json.at("last_activity_ts").number(),
        status(json.at("status")),
        json.at("version").text(),
        json.at("git_commit").text(),
        json.at("start_time_ms").number(),
        json.numberOr("total_cpu_millicores", 0),
        json.numberOr("total_memory_bytes", 0),
        json.numberOr("cpu_usage_millicores", 0),
        json.numberOr("memory_usage_bytes", 0),
        json.textOr("hostname", ""),
        json.has("env_vars") ? texts(json.at("env_vars")) : Map.of());
  }

  private static Status status(Json json) {
    if (json.isText()) {
      return new Status.Standalone();
    }
    Map.Entry<String, Json> tagged = json.members().entrySet().iterator().next();
    Json body = tagged.getValue();
    return switch (tagged.getKey()) {
      case "Datanode" ->
          new Status.Datanode(
              body.at("rcus").number(),
              body.at("wcus").number(),
              body.at("leader_regions").number(),
              body.at("follower_regions").number(),
              workloads(body));
      case "Frontend" -> new Status.Frontend(workloads(body));
      case "Flownode" -> new Status.Flownode(workloads(body));
      case "Metasrv" -> new Status.Metasrv(body.at("is_leader").flag());
      default -> throw new IllegalArgumentException("unknown node status " + tagged.getKey());
    };
  }

  private static List<Integer> workloads(Json body) {
    if (!body.has("workloads")) {
      return List.of();
    }
    return body.at("workloads").at("types").items().stream()
        .map(type -> (int) type.number())
        .toList();
  }

  private static Map<String, String> texts(Json json) {
    Map<String, String> result = new TreeMap<>();
    json.members().forEach((name, value) -> result.put(name, value.text()));
    return result;
  }

  /** A metasrv; old servers fill only the deprecated members. */
  @SuppressWarnings("deprecation")
  static ClusterNodeInfo metasrv(MetasrvNodeInfo wire, boolean isLeader) {
    NodeInfo info =
        wire.hasInfo()
            ? wire.getInfo()
            : NodeInfo.newBuilder()
                .setVersion(wire.getVersion())
                .setGitCommit(wire.getGitCommit())
                .setStartTimeMs(wire.getStartTimeMs())
                .setTotalCpuMillicores(Integer.toUnsignedLong(wire.getCpus()))
                .setTotalMemoryBytes(wire.getMemoryBytes())
                .build();
    return new ClusterNodeInfo(
        new Peer(wire.getPeer().getId(), wire.getPeer().getAddr()),
        -1,
        new Status.Metasrv(isLeader),
        info.getVersion(),
        info.getGitCommit(),
        info.getStartTimeMs(),
        info.getTotalCpuMillicores(),
        info.getTotalMemoryBytes(),
        info.getCpuUsageMillicores(),
        info.getMemoryUsageBytes(),
        info.getHostname(),
        Map.of());
  }

  /** The regions of the last element: the newest report of the datanode. */
  static List<RegionStatistics> regionStatistics(String text) {
    List<Json> reports = Json.parse(text).items();
    if (reports.isEmpty()) {
      return List.of();
    }
    Json last = reports.getLast();
    long datanode = last.at("id").number();
    return last.at("region_stats").items().stream()
        .map(region -> region(datanode, region))
        .toList();
  }

  private static RegionStatistics region(long datanode, Json json) {
    return new RegionStatistics(
        new RegionId(json.at("id").number()),
        datanode,
        json.at("engine").text(),
        json.at("role").text(),
        json.at("approximate_bytes").number(),
        json.at("num_rows").number(),
        json.at("memtable_size").number(),
        json.at("manifest_size").number(),
        json.at("sst_size").number(),
        json.at("sst_num").number(),
        json.at("index_size").number(),
        json.at("written_bytes").number(),
        json.at("region_manifest").toText());
  }

  static FlowStatistics flows(String text) {
    Json json = Json.parse(text);
    return new FlowStatistics(
        numbers(json.at("state_size")), numbers(json.at("last_exec_time_map")));
  }

  private static Map<Long, Long> numbers(Json json) {
    Map<Long, Long> result = new TreeMap<>();
    json.members().forEach((id, value) -> result.put(Long.parseLong(id), value.number()));
    return result;
  }
}
