package io.metasrv.application.heartbeat;

import com.google.protobuf.ByteString;
import io.metasrv.application.heartbeat.codec.EnvironmentCodec;
import io.metasrv.application.heartbeat.codec.NodeInfoCodec;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Previous;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.key.NodeInfoKey;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what a node says of itself (sheet 04 §4, Collect…ClusterInfo handlers). */
final class NodeInfoRecord {

  private static final Logger LOG = LoggerFactory.getLogger(NodeInfoRecord.class);

  private final KeyValueStore memory;
  private final Metrics.Counter badEnvironments;

  NodeInfoRecord(KeyValueStore memory, Metrics metrics) {
    this.memory = memory;
    this.badEnvironments =
        metrics.counter(MetricNames.HEARTBEAT_BAD_INPUT, EnvironmentCodec.EXTENSION);
  }

  void write(
      NodeInfoKey key, Peer peer, long nowMillis, NodeStatus status, HeartbeatRequest request) {
    io.metasrv.protocol.v1.meta.NodeInfo sent = request.getInfo();
    NodeInfo info =
        new NodeInfo(
            peer,
            nowMillis,
            status,
            HeartbeatMessages.build(sent),
            sent.getStartTimeMs(),
            HeartbeatMessages.resources(sent),
            sent.getHostname(),
            environment(request, peer));
    memory.put(key.toBytes(), NodeInfoCodec.encode(info), Previous.DISCARD);
  }

  private SortedMap<String, String> environment(HeartbeatRequest request, Peer peer) {
    ByteString json = request.getExtensionsOrDefault(EnvironmentCodec.EXTENSION, ByteString.EMPTY);
    if (json.isEmpty()) {
      return new TreeMap<>();
    }
    try {
      return EnvironmentCodec.decode(json);
    } catch (MetasrvException e) {
      badEnvironments.increment();
      LOG.warn(
          "{} sent {} that cannot be read and are left out", peer, EnvironmentCodec.EXTENSION, e);
      return new TreeMap<>();
    }
  }
}
