package io.metasrv.nodes;

import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.time.Duration;

/**
 * The intervals that a handshake's answer gives (sheet 04 §2.5).
 *
 * @param heartbeat between two heartbeats
 * @param retry before the next attempt to connect
 */
record HeartbeatConfigs(Duration heartbeat, Duration retry) {

  /** What nodes assume when the answer says nothing. */
  static final HeartbeatConfigs DEFAULT =
      new HeartbeatConfigs(Duration.ofSeconds(3), Duration.ofSeconds(3));

  static HeartbeatConfigs of(HeartbeatResponse first) {
    if (!first.hasHeartbeatConfig()) {
      return DEFAULT;
    }
    return new HeartbeatConfigs(
        atLeastOneMilli(first.getHeartbeatConfig().getHeartbeatIntervalMs()),
        atLeastOneMilli(first.getHeartbeatConfig().getRetryIntervalMs()));
  }

  /** Zero would make a node spin. */
  private static Duration atLeastOneMilli(long millis) {
    return Duration.ofMillis(millis <= 0 ? 1 : millis);
  }
}
