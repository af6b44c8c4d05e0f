package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.DatanodeStat;

/** Told of every heartbeat with statistics: what failure detection lives on (sheet 04 §15). */
@FunctionalInterface
public interface RegionHeartbeatListener {

  /**
   * A datanode was heard of with these regions, led and followed. Must not block: the datanode
   * waits for its lease meanwhile (sheet 04 §25 no. 6).
   */
  void heartbeatArrived(DatanodeStat stat);
}
