package io.metasrv.application.heartbeat;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.key.NodeInfoKey;

/** Remembers what a flownode says of itself. */
final class CollectFlownodeClusterInfoHandler implements HeartbeatHandler {

  private final NodeInfoRecord infos;
  private final Runtime runtime;

  CollectFlownodeClusterInfoHandler(HeartbeatParts parts) {
    this.infos = new NodeInfoRecord(parts.memory(), parts.context().metrics());
    this.runtime = parts.context().runtime();
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.FLOWNODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (exchange.request().hasInfo()) {
      exchange.peer().ifPresent(peer -> write(exchange, peer));
    }
    return Outcome.CONTINUE;
  }

  private void write(HeartbeatExchange exchange, Peer peer) {
    infos.write(
        NodeInfoKey.of(NodeRole.FLOWNODE, peer.id()),
        peer,
        runtime.wallClock().toEpochMilli(),
        new NodeStatus.Flownode(HeartbeatMessages.workloads(NodeRole.FLOWNODE, exchange.request())),
        exchange.request());
  }
}
