package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.NodeRole;

/** Drops the statistics of regions the datanode should not have. */
final class FilterInactiveRegionStatsHandler implements HeartbeatHandler {

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (!exchange.inactiveRegions().isEmpty()) {
      exchange.stat().ifPresent(stat -> exchange.stat(stat.without(exchange.inactiveRegions())));
    }
    return Outcome.CONTINUE;
  }
}
