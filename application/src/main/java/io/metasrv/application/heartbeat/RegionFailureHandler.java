package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.NodeRole;

/** Tells failure detection which regions were heard of. */
final class RegionFailureHandler implements HeartbeatHandler {

  private final RegionHeartbeatListener listener;

  RegionFailureHandler(RegionHeartbeatListener listener) {
    this.listener = listener;
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange.stat().ifPresent(listener::heartbeatArrived);
    return Outcome.CONTINUE;
  }
}
