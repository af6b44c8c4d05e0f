package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.heartbeat.Workloads;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values of the node info keys (sheet 04 §10.5, sheet 02 §19.2). */
public final class NodeInfoCodec {

  private NodeInfoCodec() {}

  /** The JSON. */
  public static Bytes encode(NodeInfo info) {
    return JsonWriter.bytes(out -> out.object(() -> writeMembers(out, info)));
  }

  private static void writeMembers(JsonWriter out, NodeInfo info) {
    out.name("peer");
    PeerCodec.write(out, info.peer());
    out.name("last_activity_ts").signed(info.lastActivityMillis());
    out.name("status");
    writeStatus(out, info.status());
    out.name("version").string(info.build().version());
    out.name("git_commit").string(info.build().gitCommit());
    out.name("start_time_ms").unsigned(info.startTimeMillis());
    out.name("total_cpu_millicores").signed(info.resources().totalCpuMillicores());
    out.name("total_memory_bytes").signed(info.resources().totalMemoryBytes());
    out.name("cpu_usage_millicores").signed(info.resources().cpuUsageMillicores());
    out.name("memory_usage_bytes").signed(info.resources().memoryUsageBytes());
    out.name("hostname").string(info.hostname());
    out.name("env_vars")
        .object(() -> info.environment().forEach((name, value) -> out.name(name).string(value)));
  }

  private static void writeStatus(JsonWriter out, NodeStatus status) {
    switch (status) {
      case NodeStatus.Datanode datanode ->
          out.object(() -> out.name("Datanode").object(() -> writeDatanode(out, datanode)));
      case NodeStatus.Frontend frontend ->
          out.object(() -> writeOnlyWorkloads(out.name("Frontend"), frontend.workloads()));
      case NodeStatus.Flownode flownode ->
          out.object(() -> writeOnlyWorkloads(out.name("Flownode"), flownode.workloads()));
      case NodeStatus.Metasrv metasrv ->
          out.object(
              () ->
                  out.name("Metasrv").object(() -> out.name("is_leader").bool(metasrv.isLeader())));
      case NodeStatus.Standalone standalone -> out.string("Standalone");
    }
  }

  private static void writeDatanode(JsonWriter out, NodeStatus.Datanode datanode) {
    out.name("rcus").signed(datanode.rcus());
    out.name("wcus").signed(datanode.wcus());
    out.name("leader_regions").unsigned(datanode.leaderRegions());
    out.name("follower_regions").unsigned(datanode.followerRegions());
    out.name("workloads");
    WorkloadsCodec.write(out, datanode.workloads());
  }

  private static void writeOnlyWorkloads(JsonWriter out, Workloads workloads) {
    out.object(
        () -> {
          out.name("workloads");
          WorkloadsCodec.write(out, workloads);
        });
  }

  /** Reads the JSON; what older versions did not write has defaults. */
  public static NodeInfo decode(Bytes json) {
    JsonObject object = JsonValue.parse(json).object();
    return new NodeInfo(
        PeerCodec.read(object.get("peer")),
        object.get("last_activity_ts").signed(),
        readStatus(object.get("status")),
        new NodeInfo.Build(object.get("version").text(), object.get("git_commit").text()),
        object.get("start_time_ms").unsigned(),
        new NodeInfo.Resources(
            object.signedOr("total_cpu_millicores", 0),
            object.signedOr("total_memory_bytes", 0),
            object.signedOr("cpu_usage_millicores", 0),
            object.signedOr("memory_usage_bytes", 0)),
        object.textOr("hostname", ""),
        readEnvironment(object));
  }

  private static SortedMap<String, String> readEnvironment(JsonObject info) {
    TreeMap<String, String> environment = new TreeMap<>();
    info.find("env_vars")
        .ifPresent(
            vars ->
                vars.object()
                    .members()
                    .forEach((name, value) -> environment.put(name, value.text())));
    return environment;
  }

  private static NodeStatus readStatus(JsonValue json) {
    if (json instanceof JsonValue.Text text && text.value().equals("Standalone")) {
      return new NodeStatus.Standalone();
    }
    Map.Entry<String, JsonValue> tagged = json.object().only();
    JsonObject body = tagged.getValue().object();
    return switch (tagged.getKey()) {
      case "Datanode" ->
          new NodeStatus.Datanode(
              body.get("rcus").signed(),
              body.get("wcus").signed(),
              body.get("leader_regions").unsigned(),
              body.get("follower_regions").unsigned(),
              WorkloadsCodec.read(NodeRole.DATANODE, body.get("workloads")));
      case "Frontend" ->
          new NodeStatus.Frontend(
              WorkloadsCodec.readOptional(NodeRole.FRONTEND, body, "workloads"));
      case "Flownode" ->
          new NodeStatus.Flownode(
              WorkloadsCodec.readOptional(NodeRole.FLOWNODE, body, "workloads"));
      case "Metasrv" -> new NodeStatus.Metasrv(body.get("is_leader").bool());
      default ->
          throw ServiceException.unexpected(
              "Failed to deserialize JSON: unknown variant `"
                  + tagged.getKey()
                  + "` of a node's status");
    };
  }
}
