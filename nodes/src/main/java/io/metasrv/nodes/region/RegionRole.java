package io.metasrv.nodes.region;

import java.util.Optional;

/** What a node may do with an open region (sheet 04 §1.2). */
public enum RegionRole {
  /** Reads and writes. */
  LEADER("Leader", io.metasrv.protocol.v1.meta.RegionRole.Leader, true),
  /** Reads only. */
  FOLLOWER("Follower", io.metasrv.protocol.v1.meta.RegionRole.Follower, false),
  /** Reads and flushes; writes are rejected. */
  DOWNGRADING_LEADER(
      "DowngradingLeader", io.metasrv.protocol.v1.meta.RegionRole.DowngradingLeader, false),
  /** Writable while a repartition is prepared. */
  STAGING_LEADER("StagingLeader", io.metasrv.protocol.v1.meta.RegionRole.StagingLeader, true);

  private final String jsonName;
  private final io.metasrv.protocol.v1.meta.RegionRole wire;
  private final boolean writable;

  RegionRole(String jsonName, io.metasrv.protocol.v1.meta.RegionRole wire, boolean writable) {
    this.jsonName = jsonName;
    this.wire = wire;
    this.writable = writable;
  }

  /** The name in JSON and logs. */
  public String jsonName() {
    return jsonName;
  }

  /** The role as heartbeats carry it. */
  public io.metasrv.protocol.v1.meta.RegionRole wire() {
    return wire;
  }

  /** Whether writes are accepted. */
  public boolean isWritable() {
    return writable;
  }

  /** Whether the node acts for the region in any way but reading: every role except follower. */
  public boolean isLeaderLike() {
    return this != FOLLOWER;
  }

  /** The role that a lease grants; empty for a number that this version does not know. */
  public static Optional<RegionRole> ofWire(io.metasrv.protocol.v1.meta.RegionRole wire) {
    for (RegionRole role : values()) {
      if (role.wire == wire) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /**
   * The role after a lease granted another one (sheet 04 §8, last paragraph): {@code Leader} and
   * {@code Follower} always apply and end staging, {@code DowngradingLeader} only from a writable
   * role, {@code StagingLeader} never.
   */
  public RegionRole afterGrant(RegionRole granted) {
    return switch (granted) {
      case LEADER, FOLLOWER -> granted;
      case DOWNGRADING_LEADER -> writable ? granted : this;
      case STAGING_LEADER -> this;
    };
  }
}
