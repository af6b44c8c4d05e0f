package io.metasrv.application.discovery;

import io.metasrv.application.heartbeat.codec.LeaseValueCodec;
import io.metasrv.application.heartbeat.codec.NodeInfoCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.LeaseValue;
import io.metasrv.domain.heartbeat.Liveness;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.heartbeat.Workloads;
import io.metasrv.domain.key.DatanodeLeaseKey;
import io.metasrv.domain.key.FlownodeLeaseKey;
import io.metasrv.domain.key.NodeInfoKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes the leader has heard of, and when. Works on any reader of the leader's memory: the
 * leader's own, or one that asks the leader. Thread-safe.
 */
public final class NodeDiscovery {

  private static final Logger LOG = LoggerFactory.getLogger(NodeDiscovery.class);

  private final MemoryReader memory;
  private final HeartbeatTimes times;
  private final Runtime runtime;

  public NodeDiscovery(MemoryReader memory, HeartbeatTimes times, Runtime runtime) {
    this.memory = memory;
    this.times = times;
    this.runtime = runtime;
  }

  /** Reads a range of the leader's memory. */
  @FunctionalInterface
  public interface MemoryReader {
    /** As {@link io.metasrv.application.port.KeyValueStore#range}. */
    RangeResult range(KeyRange range, RangeOptions options);
  }

  /**
   * All nodes of a role, dead ones included, ascending by key. Infos that cannot be read, or are of
   * another kind than the key says, are left out with a warning.
   */
  public List<KnownNode> known(NodeRole role) {
    List<KeyValue> infos =
        memory.range(KeyRange.prefix(NodeInfoKey.prefixOf(role)), RangeOptions.ALL).kvs();
    long now = runtime.wallClock().toEpochMilli();
    List<KnownNode> nodes = new ArrayList<>(infos.size());
    for (KeyValue info : infos) {
      node(role, info, now).ifPresent(nodes::add);
    }
    return nodes;
  }

  /** The nodes of a role that are alive. */
  public List<KnownNode> alive(NodeRole role) {
    return known(role).stream().filter(KnownNode::isAlive).toList();
  }

  private Optional<KnownNode> node(NodeRole role, KeyValue kv, long nowMillis) {
    try {
      NodeInfo info = NodeInfoCodec.decode(kv.value());
      Optional<Workloads> workloads = workloads(role, info.status());
      if (workloads.isEmpty()) {
        LOG.warn("The info under {} is that of another kind of node: {}", kv.key(), info.status());
        return Optional.empty();
      }
      long id = NodeInfoKey.parse(kv.key()).nodeId();
      return Optional.of(
          new KnownNode(
              new Peer(id, info.peer().address()),
              workloads.get(),
              Liveness.age(info.lastActivityMillis(), nowMillis),
              times.aliveWindow(role)));
    } catch (MetasrvException e) {
      LOG.warn("The info under {} cannot be read and is left out", kv.key(), e);
      return Optional.empty();
    }
  }

  private static Optional<Workloads> workloads(NodeRole role, NodeStatus status) {
    return switch (status) {
      case NodeStatus.Datanode(var rcus, var wcus, var led, var followed, Workloads workloads)
          when role == NodeRole.DATANODE ->
          Optional.of(workloads);
      case NodeStatus.Frontend(Workloads workloads) when role == NodeRole.FRONTEND ->
          Optional.of(workloads);
      case NodeStatus.Flownode(Workloads workloads) when role == NodeRole.FLOWNODE ->
          Optional.of(workloads);
      default -> Optional.empty();
    };
  }

  /** The address of a datanode the leader has ever heard of, alive or not. */
  public Optional<Peer> datanode(long id) {
    return datanodeLease(id).map(lease -> new Peer(id, lease.address()));
  }

  /** The address of a flownode the leader has ever heard of, alive or not. */
  public Optional<Peer> flownode(long id) {
    return lease(new FlownodeLeaseKey(id).toBytes()).map(lease -> new Peer(id, lease.address()));
  }

  /** The datanode, if it was heard of within the datanode lease. */
  public Optional<Peer> aliveDatanode(long id) {
    Optional<LeaseValue> lease = datanodeLease(id);
    long now = runtime.wallClock().toEpochMilli();
    return lease
        .filter(
            value ->
                Liveness.isAlive(
                    value.timestampMillis(), now, times.aliveWindow(NodeRole.DATANODE)))
        .map(value -> new Peer(id, value.address()));
  }

  /** When the datanode was last heard of. */
  public Optional<LeaseValue> datanodeLease(long id) {
    return lease(new DatanodeLeaseKey(id).toBytes());
  }

  private Optional<LeaseValue> lease(Bytes key) {
    return memory.range(KeyRange.single(key), RangeOptions.ALL).kvs().stream()
        .findFirst()
        .map(kv -> LeaseValueCodec.decode(kv.value()));
  }
}
