package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.DatanodeLeaseKey;

/** Remembers when a datanode was last heard of, mailbox replies included. */
final class DatanodeKeepLeaseHandler implements HeartbeatHandler {

  private final LeaseRecord leases;

  DatanodeKeepLeaseHandler(HeartbeatParts parts) {
    this.leases = new LeaseRecord(parts.memory(), parts.context().runtime());
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange
        .peer()
        .ifPresent(peer -> leases.write(new DatanodeLeaseKey(peer.id()).toBytes(), peer, exchange));
    return Outcome.CONTINUE;
  }
}
