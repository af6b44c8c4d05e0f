package io.metasrv.application.heartbeat;

import io.metasrv.application.cache.CacheInvalidator;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves and announces the address of a flownode that has started (sheet 04 §4). */
final class RemapFlowPeerHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(RemapFlowPeerHandler.class);

  private final NodeEpochs<Object> epochs = new NodeEpochs<>(Object::new);
  private final NodeAddresses addresses;
  private final CacheInvalidator caches;

  RemapFlowPeerHandler(HeartbeatParts parts) {
    this.addresses = parts.addresses();
    this.caches = parts.caches();
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.FLOWNODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange
        .peer()
        .ifPresent(
            peer ->
                epochs.visit(
                    peer.id(),
                    exchange.request().getNodeEpoch(),
                    (arrival, announce, kept) -> announce && announce(peer)));
    return Outcome.CONTINUE;
  }

  private boolean announce(Peer peer) {
    try {
      addresses.save(NodeRole.FLOWNODE, peer);
      caches.invalidate(List.of(new CacheIdent.FlownodeAddress(peer.id())));
      return true;
    } catch (MetasrvException e) {
      LOG.warn(
          "The address of flownode {} could not be saved or announced; its next heartbeat will"
              + " try again",
          peer,
          e);
      return false;
    }
  }
}
