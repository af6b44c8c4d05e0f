package io.metasrv.application.wire;

import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.FlowReport;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.heartbeat.TopicStat;
import io.metasrv.domain.heartbeat.Workloads;
import io.metasrv.protocol.v1.meta.FlowStat;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Heartbeats between the wire and the domain. Total: every message has a meaning. */
public final class HeartbeatMessages {

  private HeartbeatMessages() {}

  /** The node's id and address. */
  public static Peer peer(HeartbeatRequest request) {
    return new Peer(request.getPeer().getId(), request.getPeer().getAddr());
  }

  /**
   * The role of a region. One that this version does not know counts as follower: it must not make
   * the node look like a leader (the reference takes it for one).
   */
  public static RegionRole role(io.metasrv.protocol.v1.meta.RegionRole role) {
    return switch (role) {
      case Leader -> RegionRole.LEADER;
      case DowngradingLeader -> RegionRole.DOWNGRADING_LEADER;
      case StagingLeader -> RegionRole.STAGING_LEADER;
      case Follower, UNRECOGNIZED -> RegionRole.FOLLOWER;
    };
  }

  /** The role of a region on the wire. */
  public static io.metasrv.protocol.v1.meta.RegionRole toWire(RegionRole role) {
    return switch (role) {
      case LEADER -> io.metasrv.protocol.v1.meta.RegionRole.Leader;
      case FOLLOWER -> io.metasrv.protocol.v1.meta.RegionRole.Follower;
      case DOWNGRADING_LEADER -> io.metasrv.protocol.v1.meta.RegionRole.DowngradingLeader;
      case STAGING_LEADER -> io.metasrv.protocol.v1.meta.RegionRole.StagingLeader;
    };
  }

  /**
   * What the node is willing to do: what it says, or the default of its role if it says nothing or
   * something for another role.
   */
  public static Workloads workloads(NodeRole role, HeartbeatRequest request) {
    return switch (role) {
      case DATANODE ->
          request.hasDatanode()
              ? Workloads.ofDatanode(request.getDatanode().getTypesList())
              : Workloads.defaultsOf(role);
      case FRONTEND ->
          request.hasFrontend()
              ? new Workloads(role, request.getFrontend().getTypesList())
              : Workloads.defaultsOf(role);
      case FLOWNODE ->
          request.hasFlownode()
              ? new Workloads(role, request.getFlownode().getTypesList())
              : Workloads.defaultsOf(role);
      case METASRV -> throw new IllegalArgumentException("a metasrv sends no heartbeat");
    };
  }

  /** The topics the datanode wrote to. */
  public static List<TopicStat> topics(HeartbeatRequest request) {
    List<TopicStat> topics = new ArrayList<>(request.getTopicStatsCount());
    for (io.metasrv.protocol.v1.meta.TopicStat topic : request.getTopicStatsList()) {
      topics.add(
          new TopicStat(
              topic.getTopicName(),
              topic.getLatestEntryId(),
              topic.getRecordSize(),
              topic.getRecordNum()));
    }
    return topics;
  }

  /** What the node was built from. */
  public static NodeInfo.Build build(io.metasrv.protocol.v1.meta.NodeInfo info) {
    return new NodeInfo.Build(info.getVersion(), info.getGitCommit());
  }

  /** The node's machine. */
  public static NodeInfo.Resources resources(io.metasrv.protocol.v1.meta.NodeInfo info) {
    return new NodeInfo.Resources(
        info.getTotalCpuMillicores(),
        info.getTotalMemoryBytes(),
        info.getCpuUsageMillicores(),
        info.getMemoryUsageBytes());
  }

  /** The state of the flownode's flows. */
  public static FlowReport flows(FlowStat stat) {
    TreeMap<Long, Long> sizes = new TreeMap<>();
    stat.getFlowStatSizeMap()
        .forEach((flow, size) -> sizes.put(Integer.toUnsignedLong(flow), size));
    TreeMap<Long, Long> executions = new TreeMap<>();
    stat.getFlowLastExecTimeMapMap()
        .forEach((flow, at) -> executions.put(Integer.toUnsignedLong(flow), at));
    return new FlowReport(sizes, executions);
  }

  /** The header as the reference prints it in errors. */
  public static String debug(RequestHeader header) {
    StringBuilder text =
        new StringBuilder("RequestHeader { protocol_version: ")
            .append(Long.toUnsignedString(header.getProtocolVersion()))
            .append(", member_id: ")
            .append(Long.toUnsignedString(header.getMemberId()))
            .append(", role: ")
            .append(header.getRoleValue())
            .append(", tracing_context: {");
    String separator = "";
    for (var entry : new TreeMap<>(header.getTracingContextMap()).entrySet()) {
      text.append(separator).append('"').append(entry.getKey()).append("\": \"");
      text.append(entry.getValue()).append('"');
      separator = ", ";
    }
    return text.append("} }").toString();
  }
}
