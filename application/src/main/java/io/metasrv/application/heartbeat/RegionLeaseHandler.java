package io.metasrv.application.heartbeat;

import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.GrantedRegion;
import io.metasrv.protocol.v1.meta.RegionLease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of a datanode's regions (sheet 04 §12). If metadata cannot be read the response
 * carries no lease at all and nothing is closed; the chain goes on.
 */
final class RegionLeaseHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(RegionLeaseHandler.class);

  private final RegionLeases leases;
  private final long leaseSeconds;

  RegionLeaseHandler(HeartbeatParts parts) {
    this.leases = parts.regionLeases();
    this.leaseSeconds = parts.options().times().regionLeaseSeconds();
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange.stat().ifPresent(stat -> renew(exchange, stat));
    return Outcome.CONTINUE;
  }

  private void renew(HeartbeatExchange exchange, DatanodeStat stat) {
    RegionLeases.Decision decision = leases.decide(stat.id(), stat.regions());
    RegionLease.Builder lease =
        RegionLease.newBuilder()
            .setDurationSinceEpoch(exchange.request().getDurationSinceEpoch())
            .setLeaseSeconds(leaseSeconds);
    for (RegionLeases.Granted granted : decision.granted()) {
      lease.addRegions(
          GrantedRegion.newBuilder()
              .setRegionId(granted.region().value())
              .setRole(HeartbeatMessages.toWire(granted.role())));
    }
    for (RegionId closeable : decision.closeable()) {
      lease.addCloseableRegionIds(closeable.value());
    }
    exchange.inactiveRegions().addAll(decision.closeable());
    exchange.regionLease(lease.build());
    if (!decision.closeable().isEmpty()) {
      LOG.warn(
          "{} reports regions that no route gives it, it will close them: {}",
          exchange.pusher(),
          decision.closeable());
    }
  }
}
