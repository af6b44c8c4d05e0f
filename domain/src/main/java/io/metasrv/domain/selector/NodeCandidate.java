package io.metasrv.domain.selector;

import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.Workloads;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A node a selector may choose.
 *
 * @param peer id and current address
 * @param workloads what it is willing to do
 * @param age time since its last heartbeat
 * @param aliveWindow at this age it counts as dead
 * @param regionCount regions it held in its last statistics, unsigned; empty without statistics
 */
public record NodeCandidate(
    Peer peer, Workloads workloads, Duration age, Duration aliveWindow, OptionalLong regionCount) {

  /** Whether it was heard of recently enough. */
  public boolean isAlive() {
    return age.compareTo(aliveWindow) < 0;
  }
}
