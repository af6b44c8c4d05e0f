package io.metasrv.application.heartbeat;

import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.key.NodeInfoKey;

/** Remembers what a datanode says of itself; only with statistics. */
final class CollectDatanodeClusterInfoHandler implements HeartbeatHandler {

  private final NodeInfoRecord infos;

  CollectDatanodeClusterInfoHandler(HeartbeatParts parts) {
    this.infos = new NodeInfoRecord(parts.memory(), parts.context().metrics());
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (exchange.request().hasInfo()) {
      exchange.stat().ifPresent(stat -> write(exchange, stat));
    }
    return Outcome.CONTINUE;
  }

  private void write(HeartbeatExchange exchange, DatanodeStat stat) {
    int leaders = stat.leaderCount();
    infos.write(
        NodeInfoKey.of(NodeRole.DATANODE, stat.id()),
        new Peer(stat.id(), stat.address()),
        stat.timestampMillis(),
        new NodeStatus.Datanode(
            stat.rcus(), stat.wcus(), leaders, stat.regionCount() - leaders, stat.workloads()),
        exchange.request());
  }
}
