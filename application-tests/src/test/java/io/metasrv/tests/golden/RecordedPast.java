package io.metasrv.tests.golden;

import com.google.protobuf.InvalidProtocolBufferException;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.v1.meta.DatanodeWorkloads;
import io.metasrv.protocol.v1.meta.FlownodeWorkloads;
import io.metasrv.protocol.v1.meta.FrontendWorkloads;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.NodeInfo;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.Role;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings about what the recorded system held before the first recorded call, as far as it shows.
 */
final class RecordedPast {

  private RecordedPast() {}

  /** The store's content that two scans show; values where the recording has them. */
  static void restore(InMemoryStore store, List<RecordedCall> calls, Translation translation)
      throws InvalidProtocolBufferException {
    for (String scan : List.of("Range_all_keysonly", "Range_all")) {
      for (KeyValue pair : answered(calls, scan, translation)) {
        store.put(bytes(pair.getKey()), bytes(pair.getValue()), Previous.DISCARD);
      }
    }
  }

  /** A heartbeat for each node that the recorded leader had heard of. */
  static List<HeartbeatRequest> heartbeats(List<RecordedCall> calls)
      throws InvalidProtocolBufferException {
    return answered(calls, "ClusterRange", new Translation()).stream()
        .map(pair -> heartbeat(JsonMapper.shared().readTree(pair.getValue().toByteArray())))
        .toList();
  }

  private static List<KeyValue> answered(
      List<RecordedCall> calls, String name, Translation translation)
      throws InvalidProtocolBufferException {
    RecordedCall recorded =
        calls.stream().filter(call -> call.name().equals(name)).findFirst().orElseThrow();
    byte[] response = HexFormat.of().parseHex(recorded.responsesHex().getFirst());
    return RangeResponse.parseFrom(translation.toOurs(response)).getKvsList();
  }

  private static Bytes bytes(com.google.protobuf.ByteString bytes) {
    return Bytes.wrap(bytes.toByteArray());
  }

  private static HeartbeatRequest heartbeat(JsonNode info) {
    Peer peer =
        Peer.newBuilder()
            .setId(info.get("peer").get("id").asLong())
            .setAddr(info.get("peer").get("addr").asString())
            .build();
    HeartbeatRequest.Builder request =
        HeartbeatRequest.newBuilder().setPeer(peer).setNodeEpoch(1).setInfo(nodeInfo(info));
    JsonNode status = info.get("status");
    Role role;
    if (status.has("Datanode")) {
      role = Role.DATANODE;
      request.setDatanode(DatanodeWorkloads.newBuilder().addTypes(0));
      int leaders = status.get("Datanode").get("leader_regions").asInt();
      for (int i = 0; i < leaders; i++) {
        request.addRegionStats(RegionStat.newBuilder().setRegionId(i).setEngine("mito"));
      }
    } else if (status.has("Frontend")) {
      role = Role.FRONTEND;
      request.setFrontend(FrontendWorkloads.newBuilder().addTypes(0));
    } else {
      role = Role.FLOWNODE;
      request.setFlownode(FlownodeWorkloads.newBuilder().addTypes(0));
    }
    return request
        .setHeader(
            RequestHeader.newBuilder()
                .setProtocolVersion(1)
                .setMemberId(peer.getId())
                .setRole(role))
        .build();
  }

  private static NodeInfo nodeInfo(JsonNode info) {
    return NodeInfo.newBuilder()
        .setVersion(info.get("version").asString())
        .setGitCommit(info.get("git_commit").asString())
        .setStartTimeMs(info.get("start_time_ms").asLong())
        .setTotalCpuMillicores(info.get("total_cpu_millicores").asLong())
        .setTotalMemoryBytes(info.get("total_memory_bytes").asLong())
        .setHostname(info.get("hostname").asString())
        .build();
  }
}
