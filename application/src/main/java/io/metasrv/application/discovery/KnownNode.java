package io.metasrv.application.discovery;

import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.Workloads;
import java.time.Duration;

/**
 * A node the leader has heard of.
 *
 * @param peer id and address; for frontends the id in the key, a hash of the address
 * @param workloads what it is willing to do
 * @param age time since its last heartbeat
 * @param aliveWindow at this age it counts as dead
 */
public record KnownNode(Peer peer, Workloads workloads, Duration age, Duration aliveWindow) {

  /** Whether it was heard of recently enough. */
  public boolean isAlive() {
    return age.compareTo(aliveWindow) < 0;
  }
}
