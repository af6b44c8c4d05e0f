package io.metasrv.application.heartbeat;

import io.metasrv.application.heartbeat.codec.LeaseValueCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.LeaseValue;

/** Writes down that a node was heard of (sheet 04 §4, KeepLease handlers). */
final class LeaseRecord {

  private final KeyValueStore memory;
  private final Runtime runtime;

  LeaseRecord(KeyValueStore memory, Runtime runtime) {
    this.memory = memory;
    this.runtime = runtime;
  }

  void write(Bytes key, Peer peer, HeartbeatExchange exchange) {
    LeaseValue lease =
        new LeaseValue(
            runtime.wallClock().toEpochMilli(),
            peer.address(),
            HeartbeatMessages.workloads(exchange.role(), exchange.request()));
    memory.put(key, LeaseValueCodec.encode(lease), Previous.DISCARD);
  }
}
