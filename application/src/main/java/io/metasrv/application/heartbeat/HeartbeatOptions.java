package io.metasrv.application.heartbeat;

import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.StatsPersistenceOptions;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import java.time.Duration;

/**
 * What can be set about heartbeats.
 *
 * @param times intervals and leases
 * @param flushStatsFactor statistics of that many heartbeats are written together; at least 1
 * @param nodeMaxIdleTime a node's info is forgotten that long after its last heartbeat
 * @param statsPersistence history of statistics
 */
public record HeartbeatOptions(
    HeartbeatTimes times,
    int flushStatsFactor,
    Duration nodeMaxIdleTime,
    StatsPersistenceOptions statsPersistence) {

  /** The reference's defaults. */
  public static HeartbeatOptions defaults() {
    return of(MetasrvOptions.defaults());
  }

  /** Those of the server's options that concern heartbeats. */
  public static HeartbeatOptions of(MetasrvOptions options) {
    return new HeartbeatOptions(
        new HeartbeatTimes(options.heartbeatInterval()),
        Math.max(1, options.flushStatsFactor()),
        options.nodeMaxIdleTime(),
        options.statsPersistence());
  }
}
