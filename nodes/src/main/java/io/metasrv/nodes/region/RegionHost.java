package io.metasrv.nodes.region;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.time.MonotonicTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The regions one datanode has open, in order of their ids. Logical regions of the metric engine
 * are open with their physical region; they have no role of their own and are not reported.
 * Confined to its node.
 */
public final class RegionHost {

  private final RegionStorage storage;
  private final AliveKeeper keeper;
  private final LeaseMode mode;
  private final TreeMap<RegionId, HostedRegion> open = new TreeMap<>();

  RegionHost(RegionStorage storage, AliveKeeper keeper, LeaseMode mode) {
    this.storage = storage;
    this.keeper = keeper;
    this.mode = mode;
  }

  /**
   * @param epoch the origin of the durations that heartbeats carry
   */
  public static RegionHost empty(RegionStorage storage, MonotonicTime epoch, LeaseMode mode) {
    return new RegionHost(storage, new AliveKeeper(epoch, mode), mode);
  }

  public RegionStorage storage() {
    return storage;
  }

  public AliveKeeper keeper() {
    return keeper;
  }

  /** The open regions, ascending; logical ones are not among them. */
  public List<HostedRegion> regions() {
    return List.copyOf(open.values());
  }

  /** The open region with this id. */
  public Optional<HostedRegion> find(RegionId region) {
    return Optional.ofNullable(open.get(region));
  }

  /** The open region whose role decides about this one: itself, or its physical region. */
  public Optional<HostedRegion> carrierOf(RegionId region) {
    HostedRegion own = open.get(region);
    if (own != null) {
      return Optional.of(own);
    }
    return storage.find(region).flatMap(RegionContent::physicalRegion).map(open::get);
  }

  /** What lies on storage of an open region. */
  public Optional<RegionContent> content(RegionId region) {
    return carrierOf(region).flatMap(carrier -> storage.find(region));
  }

  /** Whether a write would be accepted now. */
  public boolean isWritable(RegionId region, MonotonicTime now) {
    return carrierOf(region).map(carrier -> isWritable(carrier, now)).orElse(false);
  }

  private boolean isWritable(HostedRegion region, MonotonicTime now) {
    if (!region.role().isWritable() || region.rejectsAllWrites()) {
      return false;
    }
    return mode == LeaseMode.REFERENCE || region.deadline().map(now::isBefore).orElse(true);
  }

  /** Opens a region in the role and starts its first countdown; nothing if it is open. */
  public HostedRegion open(RegionId region, RegionRole role, MonotonicTime now) {
    HostedRegion known = open.get(region);
    if (known != null) {
      return known;
    }
    HostedRegion hosted = new HostedRegion(region, role);
    open.put(region, hosted);
    keeper.registered(hosted, now);
    return hosted;
  }

  /**
   * Makes a region writable on behalf of an instruction. The reference leaves the countdown as it
   * is, which after an expiry means: none, until the next lease. The strict mode starts one.
   */
  public void upgrade(HostedRegion region, MonotonicTime now) {
    region.become(RegionRole.LEADER);
    if (mode == LeaseMode.STRICT && region.deadline().isEmpty()) {
      keeper.registered(region, now);
    }
  }

  /**
   * Closes a region.
   *
   * @return whether it was open
   */
  public boolean close(RegionId region) {
    return open.remove(region) != null;
  }

  /**
   * Writes rows to a region, as a frontend does.
   *
   * @return the WAL entry written, or empty where the region is not open or not writable
   */
  public Optional<Long> write(RegionId region, long rows, long bytes, MonotonicTime now) {
    if (!isWritable(region, now)) {
      return Optional.empty();
    }
    RegionId carrier = carrierOf(region).orElseThrow().id();
    storage.update(carrier, content -> content.withData(content.data().written(rows, bytes)));
    return storage.find(carrier).map(content -> content.data().lastEntryId());
  }

  /** Puts what is in memory into files. */
  public void flush(RegionId region) {
    storage.update(region, content -> content.withData(content.data().flushed()));
  }
}
