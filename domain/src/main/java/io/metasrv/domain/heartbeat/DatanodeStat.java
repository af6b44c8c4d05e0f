package io.metasrv.domain.heartbeat;

import io.metasrv.domain.RegionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One heartbeat of one datanode as statistics (sheet 04 §10.1).
 *
 * @param timestampMillis wall clock of the metasrv when the heartbeat was taken apart, milliseconds
 *     since the Unix epoch
 * @param id id of the datanode, unsigned
 * @param address its address
 * @param rcus sum over the regions
 * @param wcus sum over the regions
 * @param regions its regions in the order reported
 * @param topics its topics
 * @param nodeEpoch start of the datanode, milliseconds, unsigned; a larger one means a restart
 * @param workloads its workloads
 * @param gc its garbage collection, if it told
 */
public record DatanodeStat(
    long timestampMillis,
    long id,
    String address,
    long rcus,
    long wcus,
    List<RegionStat> regions,
    List<TopicStat> topics,
    long nodeEpoch,
    Workloads workloads,
    Optional<GcStat> gc) {

  public DatanodeStat {
    regions = List.copyOf(regions);
    topics = List.copyOf(topics);
  }

  /** Number of regions. */
  public int regionCount() {
    return regions.size();
  }

  /** Number of regions led. */
  public int leaderCount() {
    int leaders = 0;
    for (RegionStat region : regions) {
      if (region.role().countsAsLeader()) {
        leaders++;
      }
    }
    return leaders;
  }

  /** The same without some regions; the sums follow. */
  public DatanodeStat without(Set<RegionId> excluded) {
    List<RegionStat> kept =
        regions.stream().filter(region -> !excluded.contains(region.id())).toList();
    long keptRcus = 0;
    long keptWcus = 0;
    for (RegionStat region : kept) {
      keptRcus += region.rcus();
      keptWcus += region.wcus();
    }
    return new DatanodeStat(
        timestampMillis, id, address, keptRcus, keptWcus, kept, topics, nodeEpoch, workloads, gc);
  }
}
