package io.metasrv.domain.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The durations that follow from the base heartbeat interval H (sheet 02 §23). Made once from the
 * configuration and handed to whoever needs one, never global.
 *
 * @param heartbeatInterval H; what datanodes and flownodes are told in the handshake
 */
public record TimingConstants(Duration heartbeatInterval) {

  /** With the reference's H of three seconds. */
  public static final TimingConstants REFERENCE = new TimingConstants(Duration.ofSeconds(3));

  /** Region leases survive this many missed heartbeats, plus {@link #LEASE_SLACK}. */
  private static final int LEASE_HEARTBEATS = 3;

  private static final Duration LEASE_SLACK = Duration.ofSeconds(1);

  /** Frontends own no regions and are asked to report more rarely. */
  private static final int FRONTEND_FACTOR = 6;

  /** A leader lease of 5 s and half of it to win the next election. */
  private static final Duration LEADER_CHANGE = Duration.ofMillis(7_500);

  public TimingConstants {
    if (heartbeatInterval.isNegative() || heartbeatInterval.isZero()) {
      throw new IllegalArgumentException(
          "heartbeat_interval must be positive, because every lease is derived from it: "
              + heartbeatInterval);
    }
  }

  /** What frontends are told in the handshake: 6·H. */
  public Duration frontendHeartbeatInterval() {
    return heartbeatInterval.multipliedBy(FRONTEND_FACTOR);
  }

  /** How long a node waits before it opens its stream again: H. */
  public Duration retryInterval() {
    return heartbeatInterval;
  }

  /** How long a region lease lasts: 3·H + 1 s. */
  public Duration regionLease() {
    return heartbeatInterval.multipliedBy(LEASE_HEARTBEATS).plus(LEASE_SLACK);
  }

  /** A datanode heard from within this time is active. */
  public Duration datanodeLease() {
    return regionLease();
  }

  /** A flownode heard from within this time is active. */
  public Duration flownodeLease() {
    return regionLease();
  }

  /**
   * A frontend heard from within this time is active. One H above its interval, because a window
   * that equals the interval makes every frontend blink (sheet 02 §29 no. 25).
   */
  public Duration frontendWindow() {
    return frontendHeartbeatInterval().plus(heartbeatInterval);
  }

  /**
   * What is unwise about these durations together with others; each text names the inequality.
   *
   * @param acceptableHeartbeatPause of the failure detector
   * @param nodeMaxIdleTime after which a silent node is forgotten
   */
  public List<String> warnings(Duration acceptableHeartbeatPause, Duration nodeMaxIdleTime) {
    List<String> warnings = new ArrayList<>();
    if (acceptableHeartbeatPause.plus(heartbeatInterval).compareTo(regionLease()) < 0) {
      warnings.add(
          "acceptable_heartbeat_pause %s + heartbeat_interval %s < region lease %s: nodes are suspected while their regions' leases still hold"
              .formatted(acceptableHeartbeatPause, heartbeatInterval, regionLease()));
    }
    if (regionLease().compareTo(LEADER_CHANGE) <= 0) {
      warnings.add(
          "region lease %s <= a change of leader %s: regions close whenever the metasrv leader changes"
              .formatted(regionLease(), LEADER_CHANGE));
    }
    if (nodeMaxIdleTime.compareTo(frontendWindow()) <= 0) {
      warnings.add(
          "node_max_idle_time %s <= activity window of frontends %s: live nodes are forgotten"
              .formatted(nodeMaxIdleTime, frontendWindow()));
    }
    return List.copyOf(warnings);
  }
}
