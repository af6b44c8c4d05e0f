package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
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
    out.name("last_activity_ts").value(info.lastActivityMillis());
    out.name("status");
    writeStatus(out, info.status());
    out.name("version").value(info.build().version());
    out.name("git_commit").value(info.build().gitCommit());
    out.name("start_time_ms").unsigned(info.startTimeMillis());
    out.name("total_cpu_millicores").value(info.resources().totalCpuMillicores());
    out.name("total_memory_bytes").value(info.resources().totalMemoryBytes());
    out.name("cpu_usage_millicores").value(info.resources().cpuUsageMillicores());
    out.name("memory_usage_bytes").value(info.resources().memoryUsageBytes());
    out.name("hostname").value(info.hostname());
    out.name("env_vars")
        .object(() -> info.environment().forEach((name, value) -> out.name(name).value(value)));
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
                  out.name("Metasrv")
                      .object(() -> out.name("is_leader").value(metasrv.isLeader())));
      case NodeStatus.Standalone standalone -> out.value("Standalone");
    }
  }

  private static void writeDatanode(JsonWriter out, NodeStatus.Datanode datanode) {
    out.name("rcus").value(datanode.rcus());
    out.name("wcus").value(datanode.wcus());
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
    return JsonReader.decode(json, document -> read(document.asObject()));
  }

  private static NodeInfo read(JsonValue.Object object) {
    return new NodeInfo(
        PeerCodec.read(object.require("peer")),
        object.require("last_activity_ts").asLong(),
        readStatus(object.require("status")),
        new NodeInfo.Build(
            object.require("version").asText(), object.require("git_commit").asText()),
        object.require("start_time_ms").asUnsigned(),
        new NodeInfo.Resources(
            object.numberOr("total_cpu_millicores", 0),
            object.numberOr("total_memory_bytes", 0),
            object.numberOr("cpu_usage_millicores", 0),
            object.numberOr("memory_usage_bytes", 0)),
        object.textOr("hostname", ""),
        readEnvironment(object));
  }

  private static SortedMap<String, String> readEnvironment(JsonValue.Object info) {
    TreeMap<String, String> environment = new TreeMap<>();
    info.find("env_vars")
        .ifPresent(
            vars ->
                vars.asObject()
                    .members()
                    .forEach((name, value) -> environment.put(name, value.asText())));
    return environment;
  }

  private static NodeStatus readStatus(JsonValue json) {
    if (json instanceof JsonValue.Text text && text.value().equals("Standalone")) {
      return new NodeStatus.Standalone();
    }
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    JsonValue.Object body = tagged.getValue().asObject();
    return switch (tagged.getKey()) {
      case "Datanode" ->
          new NodeStatus.Datanode(
              body.require("rcus").asLong(),
              body.require("wcus").asLong(),
              body.require("leader_regions").asUnsigned(),
              body.require("follower_regions").asUnsigned(),
              WorkloadsCodec.read(NodeRole.DATANODE, body.require("workloads")));
      case "Frontend" ->
          new NodeStatus.Frontend(
              WorkloadsCodec.readOptional(NodeRole.FRONTEND, body, "workloads"));
      case "Flownode" ->
          new NodeStatus.Flownode(
              WorkloadsCodec.readOptional(NodeRole.FLOWNODE, body, "workloads"));
      case "Metasrv" -> new NodeStatus.Metasrv(body.require("is_leader").asBool());
      default ->
          throw new JsonFormatException(
              "unknown variant `" + tagged.getKey() + "` of a node's status");
    };
  }
}
