package io.metasrv.application.procedure;

import io.metasrv.application.cluster.LeaderMemory;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.Liveness;
import io.metasrv.domain.key.DatanodeLeaseKey;
import java.time.Duration;

/** Who of the datanodes has a live lease in this leader's memory. Thread-safe. */
public final class DatanodeLeases {

  private final LeaderMemory memory;
  private final Duration lease;
  private final Runtime runtime;

  /**
   * @param lease how long a datanode counts as alive after its last heartbeat
   */
  public DatanodeLeases(LeaderMemory memory, Duration lease, Runtime runtime) {
    this.memory = memory;
    this.lease = lease;
    this.runtime = runtime;
  }

  /** Whether the datanode sent a heartbeat lately; false on a node that does not lead. */
  public boolean isAlive(long datanodeId) {
    return memory
        .current()
        .flatMap(own -> own.get(new DatanodeLeaseKey(datanodeId).toBytes()))
        .map(this::isAlive)
        .orElse(false);
  }

  private boolean isAlive(Bytes leaseValue) {
    long lastSeen = JsonReader.read(leaseValue).asObject().number("timestamp_millis");
    return Liveness.isAlive(lastSeen, runtime.wallClock().toEpochMilli(), lease);
  }
}
