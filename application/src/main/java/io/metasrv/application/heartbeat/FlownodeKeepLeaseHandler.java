package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.FlownodeLeaseKey;

/** Remembers when a flownode was last heard of, mailbox replies included. */
final class FlownodeKeepLeaseHandler implements HeartbeatHandler {

  private final LeaseRecord leases;

  FlownodeKeepLeaseHandler(HeartbeatParts parts) {
    this.leases = new LeaseRecord(parts.memory(), parts.context().runtime());
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.FLOWNODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange
        .peer()
        .ifPresent(peer -> leases.write(new FlownodeLeaseKey(peer.id()).toBytes(), peer, exchange));
    return Outcome.CONTINUE;
  }
}
