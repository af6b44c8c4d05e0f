package io.metasrv.domain.heartbeat;

import java.util.Optional;

/** How a datanode holds a region (sheet 04 §1.2). */
public enum RegionRole {
  /** Takes writes. */
  LEADER("Leader"),
  /** Read only. */
  FOLLOWER("Follower"),
  /** Reads and flushes; refuses writes while the leader moves away. */
  DOWNGRADING_LEADER("DowngradingLeader"),
  /** Takes writes into staging while partitions change. */
  STAGING_LEADER("StagingLeader");

  private final String displayName;

  RegionRole(String displayName) {
    this.displayName = displayName;
  }

  /** The name in JSON and texts. */
  public String displayName() {
    return displayName;
  }

  /** Whether statistics count the region among those the node leads (sheet 04 §4). */
  public boolean countsAsLeader() {
    return this == LEADER || this == STAGING_LEADER;
  }

  /** The role with this name, if there is one. */
  public static Optional<RegionRole> ofName(String name) {
    for (RegionRole role : values()) {
      if (role.displayName.equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
