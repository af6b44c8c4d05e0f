package io.metasrv.application.heartbeat;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.FlownodeLeaseKey;

/** Remembers when a flownode was last heard of, mailbox replies included. */
final class FlownodeKeepLeaseHandler implements HeartbeatHandler {

  private final LeaseRecord leases;

  FlownodeKeepLeaseHandler(KeyValueStore memory, Runtime runtime) {
    this.leases = new LeaseRecord(memory, runtime);
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
