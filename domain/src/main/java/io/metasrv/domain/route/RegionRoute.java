package io.metasrv.domain.route;

import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import io.metasrv.domain.heartbeat.RegionRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Where a region is (sheet 03 §3.5).
 *
 * @param region the region
 * @param leader the datanode that writes it
 * @param followers datanodes that read it
 * @param leaderState what the leader is doing, other than leading
 * @param leaderDownSince epoch milliseconds of the begin of its downgrade
 * @param writePolicy what frontends do with writes
 * @param unknown members kept for others
 * @param unknownOfPeers the same of the peers, by node id
 */
public record RegionRoute(
    Region region,
    Optional<Peer> leader,
    List<Peer> followers,
    Optional<LeaderState> leaderState,
    OptionalLong leaderDownSince,
    Optional<WriteRoutePolicy> writePolicy,
    UnknownMembers unknown,
    UnknownMembersBy<Long> unknownOfPeers) {

  public RegionRoute {
    followers = List.copyOf(followers);
  }

  /** A new region's: a leader, no followers. */
  public static RegionRoute of(Region region, Peer leader) {
    return new RegionRoute(
        region,
        Optional.of(leader),
        List.of(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        UnknownMembers.NONE,
        UnknownMembersBy.none());
  }

  /** The region's id. */
  public RegionId id() {
    return region.id();
  }

  /** Whether the leader is being taken out of office. */
  public boolean isLeaderDowngrading() {
    return leaderState.equals(Optional.of(LeaderState.DOWNGRADING));
  }

  /** Whether the leader prepares new files. */
  public boolean isLeaderStaging() {
    return leaderState.equals(Optional.of(LeaderState.STAGING));
  }

  /** The role its leader holds it in; empty without a leader. */
  public Optional<RegionRole> leaderRole() {
    return leader.map(
        ignored ->
            leaderState
                .map(
                    state ->
                        switch (state) {
                          case DOWNGRADING -> RegionRole.DOWNGRADING_LEADER;
                          case STAGING -> RegionRole.STAGING_LEADER;
                        })
                .orElse(RegionRole.LEADER));
  }

  /**
   * In another leader state, or none. The time of the downgrade is set when it begins, kept while
   * it lasts, and removed otherwise.
   *
   * @param nowMillis epoch milliseconds
   */
  public RegionRoute withLeaderState(Optional<LeaderState> changed, long nowMillis) {
    OptionalLong since;
    if (!changed.equals(Optional.of(LeaderState.DOWNGRADING))) {
      since = OptionalLong.empty();
    } else if (isLeaderDowngrading()) {
      since = leaderDownSince;
    } else {
      since = OptionalLong.of(nowMillis);
    }
    return new RegionRoute(
        region, leader, followers, changed, since, writePolicy, unknown, unknownOfPeers);
  }

  /** With a leader that prepares new files. */
  public RegionRoute staging() {
    return withLeaderState(Optional.of(LeaderState.STAGING), 0);
  }

  /** With a leader that no longer prepares new files; unchanged if it did not. */
  public RegionRoute notStaging() {
    return isLeaderStaging() ? withLeaderState(Optional.empty(), 0) : this;
  }

  /** With another leader, or none. */
  public RegionRoute withLeader(Optional<Peer> changed) {
    return new RegionRoute(
        region,
        changed,
        followers,
        leaderState,
        leaderDownSince,
        writePolicy,
        unknown,
        unknownOfPeers);
  }

  /** With other followers. */
  public RegionRoute withFollowers(List<Peer> changed) {
    return new RegionRoute(
        region,
        leader,
        changed,
        leaderState,
        leaderDownSince,
        writePolicy,
        unknown,
        unknownOfPeers);
  }

  /** With another region, for example another partition rule. */
  public RegionRoute withRegion(Region changed) {
    return new RegionRoute(
        changed,
        leader,
        followers,
        leaderState,
        leaderDownSince,
        writePolicy,
        unknown,
        unknownOfPeers);
  }

  /** With another rule for writes, or none. */
  public RegionRoute withWritePolicy(Optional<WriteRoutePolicy> changed) {
    return new RegionRoute(
        region, leader, followers, leaderState, leaderDownSince, changed, unknown, unknownOfPeers);
  }

  /** With each peer, leader and followers, mapped. */
  public RegionRoute mapPeers(UnaryOperator<Peer> mapping) {
    return withLeader(leader.map(mapping)).withFollowers(followers.stream().map(mapping).toList());
  }
}
