package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers who leads which region and how far it has come. */
final class CollectLeaderRegionHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CollectLeaderRegionHandler.class);

  private final LeaderRegions regions;

  CollectLeaderRegionHandler(LeaderRegions regions) {
    this.regions = regions;
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange.stat().ifPresent(stat -> collect(exchange, stat));
    return Outcome.CONTINUE;
  }

  private void collect(HeartbeatExchange exchange, DatanodeStat stat) {
    int older = regions.update(stat);
    if (older > 0) {
      LOG.warn(
          "{} reports {} regions with a manifest older than the one known; they are ignored",
          exchange.pusher(),
          older);
    }
  }
}
