package io.metasrv.application.heartbeat;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.heartbeat.SipHash13;
import io.metasrv.domain.key.NodeInfoKey;

/** Remembers what a frontend says of itself, under a hash of its address: frontends have no ids. */
final class CollectFrontendClusterInfoHandler implements HeartbeatHandler {

  private final NodeInfoRecord infos;
  private final Runtime runtime;

  CollectFrontendClusterInfoHandler(HeartbeatParts parts) {
    this.infos = new NodeInfoRecord(parts.memory(), parts.context().metrics());
    this.runtime = parts.context().runtime();
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.FRONTEND;
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
        NodeInfoKey.of(NodeRole.FRONTEND, SipHash13.ofText(peer.address())),
        peer,
        runtime.wallClock().toEpochMilli(),
        new NodeStatus.Frontend(HeartbeatMessages.workloads(NodeRole.FRONTEND, exchange.request())),
        exchange.request());
  }
}
