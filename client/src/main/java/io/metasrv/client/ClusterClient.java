package io.metasrv.client;

import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.meta.ClusterGrpc;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What the leader knows of the cluster (sheet 01 §13.6), with the retry rule of calls to the
 * leader. Sends no header, as the reference does. Thread-safe.
 *
 * <p>Every method throws {@link MetaClientException}.
 */
public final class ClusterClient {

  private static final String NODE_INFO_PREFIX = "__meta_cluster_node_info-0-";
  private static final String STAT_PREFIX = "__meta_datanode_stat-0-";
  private static final String FLOW_STATE_KEY = "__flow/state";
  private static final int PAGE = 1024;
  private static final int STAT_PAGE = 256;

  private final LeaderCalls leader;
  private final Duration timeout;

  ClusterClient(LeaderCalls leader, Duration timeout) {
    this.leader = leader;
    this.timeout = timeout;
  }

  /** All nodes: followers first, then the leader, then the nodes of the other roles. */
  public List<ClusterNodeInfo> listNodes() {
    List<ClusterNodeInfo> result = new ArrayList<>(metasrvs());
    result.addAll(nodes(NODE_INFO_PREFIX));
    return List.copyOf(result);
  }

  /** The nodes of one role. */
  public List<ClusterNodeInfo> listNodes(NodeRole role) {
    return role == NodeRole.METASRV ? metasrvs() : nodes(NODE_INFO_PREFIX + role.number() + "-");
  }

  /** The regions of all datanodes, each as its datanode last reported it. */
  public List<RegionStatistics> regionStatistics() {
    List<RegionStatistics> result = new ArrayList<>();
    for (KeyValue pair : scan(STAT_PREFIX, STAT_PAGE)) {
      result.addAll(decode(pair, ClusterValues::regionStatistics));
    }
    return List.copyOf(result);
  }

  /** The flows; empty as long as no flownode has reported. */
  public Optional<FlowStatistics> flowStatistics() {
    RangeResponse answer =
        range(RangeRequest.newBuilder().setKey(Wire.bytes(Bytes.utf8(FLOW_STATE_KEY))).build());
    return answer.getKvsList().stream()
        .findFirst()
        .map(pair -> decode(KeyValue.of(pair), ClusterValues::flows));
  }

  /** The raw pairs of the leader's memory under a prefix. */
  public List<KeyValue> scan(Bytes prefix) {
    return scan(prefix.toUtf8(), PAGE);
  }

  private List<ClusterNodeInfo> nodes(String prefix) {
    return scan(prefix, PAGE).stream().map(pair -> decode(pair, ClusterValues::nodeInfo)).toList();
  }

  private List<ClusterNodeInfo> metasrvs() {
    MetasrvPeersResponse answer =
        leader.call(
            "Cluster.MetasrvPeers",
            LeaderCalls.Kind.READ,
            channel ->
                ClusterGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .metasrvPeers(MetasrvPeersRequest.getDefaultInstance()),
            MetasrvPeersResponse::getHeader);
    List<ClusterNodeInfo> result = new ArrayList<>();
    answer.getFollowersList().forEach(each -> result.add(ClusterValues.metasrv(each, false)));
    if (answer.hasLeader()) {
      result.add(ClusterValues.metasrv(answer.getLeader(), true));
    }
    return List.copyOf(result);
  }

  private List<KeyValue> scan(String prefix, int pageSize) {
    Bytes key = Bytes.utf8(prefix);
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(Wire.bytes(key))
            .setRangeEnd(Wire.bytes(Wire.prefixEnd(key)))
            .build();
    return Pages.read(request, pageSize, this::range);
  }

  private RangeResponse range(RangeRequest request) {
    return leader.call(
        "Cluster.Range",
        LeaderCalls.Kind.READ,
        channel ->
            ClusterGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .range(request),
        RangeResponse::getHeader);
  }

  private static <T> T decode(KeyValue pair, Function<String, T> decoder) {
    try {
      return decoder.apply(pair.value().toUtf8());
    } catch (IllegalArgumentException unreadable) {
      throw new MetaClientException(
          Reason.BAD_ANSWER,
          StatusCode.UNEXPECTED,
          "Cluster.Range: the value of "
              + pair.key()
              + " cannot be read: "
              + unreadable.getMessage(),
          unreadable);
    }
  }
}
