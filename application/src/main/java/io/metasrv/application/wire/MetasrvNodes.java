package io.metasrv.application.wire;

import io.metasrv.application.port.Candidate;
import io.metasrv.protocol.v1.meta.MetasrvNodeInfo;
import io.metasrv.protocol.v1.meta.NodeInfo;
import io.metasrv.protocol.v1.meta.Peer;

/** Records of metasrvs as messages. */
public final class MetasrvNodes {

  private MetasrvNodes() {}

  /**
   * The record with {@code info} and the deprecated members, which old clients read, both filled
   * (sheet 01 §7). A metasrv has no id of its own.
   */
  @SuppressWarnings("deprecation")
  public static MetasrvNodeInfo toWire(Candidate candidate) {
    int millicores = (int) candidate.totalCpuMillicores();
    return MetasrvNodeInfo.newBuilder()
        .setPeer(Peer.newBuilder().setAddr(candidate.address()))
        .setVersion(candidate.version())
        .setGitCommit(candidate.gitCommit())
        .setStartTimeMs(candidate.startTimeMillis())
        .setCpus(millicores)
        .setMemoryBytes(candidate.totalMemoryBytes())
        .setInfo(
            NodeInfo.newBuilder()
                .setVersion(candidate.version())
                .setGitCommit(candidate.gitCommit())
                .setStartTimeMs(candidate.startTimeMillis())
                .setCpus(millicores)
                .setMemoryBytes(candidate.totalMemoryBytes())
                .setHostname(candidate.hostname())
                .setTotalCpuMillicores(candidate.totalCpuMillicores())
                .setTotalMemoryBytes(candidate.totalMemoryBytes())
                .setCpuUsageMillicores(candidate.cpuUsageMillicores())
                .setMemoryUsageBytes(candidate.memoryUsageBytes()))
        .build();
  }
}
