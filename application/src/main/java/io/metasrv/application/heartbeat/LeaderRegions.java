package io.metasrv.application.heartbeat;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.LeaderRegion;
import io.metasrv.domain.heartbeat.RegionStat;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For each region who leads it and how far it has come, as last reported (sheet 04 §10.6). Belongs
 * to one term. Thread-safe.
 */
public final class LeaderRegions {

  private final ConcurrentHashMap<RegionId, LeaderRegion> regions = new ConcurrentHashMap<>();

  /**
   * Takes the regions a datanode leads. What is older than what is known, by manifest version, is
   * ignored.
   *
   * @return how many were older
   */
  public int update(DatanodeStat stat) {
    int older = 0;
    for (RegionStat region : stat.regions()) {
      if (region.role().countsAsLeader() && !update(stat.id(), region)) {
        older++;
      }
    }
    return older;
  }

  private boolean update(long datanodeId, RegionStat region) {
    LeaderRegion reported = LeaderRegion.of(datanodeId, region.statistic());
    LeaderRegion known = regions.get(region.id());
    if (reported.equals(known)) {
      return true;
    }
    LeaderRegion kept =
        regions.merge(region.id(), reported, (old, now) -> now.isOlderThan(old) ? old : now);
    return kept.equals(reported);
  }

  /** What is known of a region. */
  public Optional<LeaderRegion> find(RegionId region) {
    return Optional.ofNullable(regions.get(region));
  }

  /** Forgets regions: their table was dropped. */
  public void remove(Collection<RegionId> gone) {
    gone.forEach(regions::remove);
  }
}
