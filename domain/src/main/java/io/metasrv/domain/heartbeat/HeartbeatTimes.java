package io.metasrv.domain.heartbeat;

import java.time.Duration;

/**
 * The times that follow from the base interval of heartbeats (sheet 04 §1.3).
 *
 * @param base option {@code heartbeat_interval}, 3 s by default; at least 1 ms
 */
public record HeartbeatTimes(Duration base) {

  /** The reference's default. */
  public static final HeartbeatTimes DEFAULTS = new HeartbeatTimes(Duration.ofSeconds(3));

  public HeartbeatTimes {
    if (base.toMillis() < 1) {
      throw new IllegalArgumentException(
          "heartbeat_interval must be at least 1 ms, but is " + base);
    }
  }

  /** How often a node of the role has to send a heartbeat: frontends six times more rarely. */
  public Duration intervalOf(NodeRole role) {
    return role == NodeRole.FRONTEND ? base.multipliedBy(6) : base;
  }

  /** How long a node waits before it connects again. */
  public Duration retryInterval() {
    return base;
  }

  /** How long a region lease lasts from the moment the datanode sent its heartbeat. */
  public Duration regionLease() {
    return base.multipliedBy(3).plusSeconds(1);
  }

  /** The region lease as the wire carries it: whole seconds. */
  public long regionLeaseSeconds() {
    return regionLease().toSeconds();
  }

  /**
   * How long after its last heartbeat a node of the role counts as alive. Datanodes and flownodes:
   * the region lease. Frontends: their interval and one base interval more; the reference gives
   * them exactly their interval, so that a healthy frontend is dead for moments (sheet 04 §25 no.
   * 11).
   */
  public Duration aliveWindow(NodeRole role) {
    return role == NodeRole.FRONTEND ? intervalOf(role).plus(base) : regionLease();
  }
}
