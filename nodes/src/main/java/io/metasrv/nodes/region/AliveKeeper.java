package io.metasrv.nodes.region;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.meta.GrantedRegion;
import io.metasrv.protocol.v1.meta.RegionLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Ends a region's role with its lease: the countdown of sheet 04 §13.1. A lease counts from the
 * moment its heartbeat was built, so a slow network shortens it. Confined to its node.
 */
public final class AliveKeeper {

  /** A fresh region lives this many heartbeat intervals without a lease. */
  private static final int FIRST_COUNTDOWN_INTERVALS = 4;

  private final MonotonicTime epoch;
  private final LeaseMode mode;
  private Optional<Duration> interval = Optional.empty();

  AliveKeeper(MonotonicTime epoch, LeaseMode mode) {
    this.epoch = epoch;
    this.mode = mode;
  }

  /** The time since the epoch in whole milliseconds, for a heartbeat built now. */
  public long sinceEpochMillis(MonotonicTime now) {
    return now.since(epoch).toMillis();
  }

  /** The heartbeats have begun: regions registered before get their first countdown. */
  public void start(Duration heartbeatInterval, List<HostedRegion> regions, MonotonicTime now) {
    interval = Optional.of(heartbeatInterval);
    regions.forEach(region -> registered(region, now));
  }

  /** The interval that a new connection was given; it counts for regions opened from now on. */
  public void heartbeatIntervalChanged(Duration heartbeatInterval) {
    if (interval.isPresent()) {
      interval = Optional.of(heartbeatInterval);
    }
  }

  /** A region was opened: endless until the heartbeats begin, then four intervals. */
  void registered(HostedRegion region, MonotonicTime now) {
    interval.ifPresentOrElse(
        length -> region.endsAt(now.plus(length.multipliedBy(FIRST_COUNTDOWN_INTERVALS))),
        region::endless);
  }

  /**
   * Applies a lease: grants first, then the closings.
   *
   * @param closes closes a region; false if the closing failed, which makes the region a follower
   * @return what changed
   */
  public LeaseOutcome apply(
      RegionLease lease, RegionHost host, Predicate<RegionId> closes, MonotonicTime now) {
    MonotonicTime end = endOf(lease);
    List<RegionId> promoted = new ArrayList<>();
    boolean ended = !now.isBefore(end);
    for (GrantedRegion granted : lease.getRegionsList()) {
      Optional<RegionRole> role = RegionRole.ofWire(granted.getRole());
      Optional<HostedRegion> region = host.find(new RegionId(granted.getRegionId()));
      if (role.isPresent() && region.isPresent() && !(ended && mode == LeaseMode.STRICT)) {
        if (grant(region.get(), role.get(), end)) {
          promoted.add(region.get().id());
        }
      }
    }
    return new LeaseOutcome(promoted, closeAll(lease, host, closes), ended);
  }

  private static boolean grant(HostedRegion region, RegionRole role, MonotonicTime end) {
    RegionRole before = region.role();
    region.grant(role);
    region.endsAt(end);
    return before == RegionRole.FOLLOWER && region.role() == RegionRole.LEADER;
  }

  private static List<RegionId> closeAll(
      RegionLease lease, RegionHost host, Predicate<RegionId> closes) {
    List<RegionId> closed = new ArrayList<>();
    for (long id : lease.getCloseableRegionIdsList()) {
      RegionId region = new RegionId(id);
      Optional<HostedRegion> hosted = host.find(region);
      if (hosted.isPresent()) {
        if (closes.test(region)) {
          closed.add(region);
        } else {
          hosted.get().become(RegionRole.FOLLOWER);
        }
      }
    }
    return closed;
  }

  /** Ends every role whose countdown is over: follower, and endless until the next lease. */
  public List<RegionId> expire(RegionHost host, MonotonicTime now) {
    List<RegionId> expired = new ArrayList<>();
    for (HostedRegion region : host.regions()) {
      if (region.deadline().isPresent() && !now.isBefore(region.deadline().get())) {
        region.become(RegionRole.FOLLOWER);
        region.endless();
        expired.add(region.id());
      }
    }
    return expired;
  }

  /** The next moment at which {@link #expire} has something to do. */
  public Optional<MonotonicTime> nextDeadline(RegionHost host) {
    return host.regions().stream()
        .flatMap(region -> region.deadline().stream())
        .min(MonotonicTime::compareTo);
  }

  private MonotonicTime endOf(RegionLease lease) {
    return epoch
        .plus(unsigned(Duration.ofMillis(1), lease.getDurationSinceEpoch()))
        .plus(unsigned(Duration.ofSeconds(1), lease.getLeaseSeconds()));
  }

  /** An unsigned count of a unit; a century stands for whatever is longer. */
  private static Duration unsigned(Duration unit, long count) {
    Duration century = Duration.ofDays(36_525);
    if (Long.compareUnsigned(count, century.dividedBy(unit)) > 0) {
      return century;
    }
    return unit.multipliedBy(count);
  }

  /**
   * What a lease changed.
   *
   * @param promoted followers that became leaders
   * @param closed regions that were closed
   * @param alreadyEnded whether the lease had ended when it arrived
   */
  public record LeaseOutcome(
      List<RegionId> promoted, List<RegionId> closed, boolean alreadyEnded) {}
}
