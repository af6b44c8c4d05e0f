package io.metasrv.application.heartbeat;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many regions each datanode held in the statistics written last: what load-based placement
 * weighs by, without reading the statistics' JSON back. Belongs to one term. Thread-safe.
 */
public final class RegionCounts {

  private final ConcurrentHashMap<Long, Integer> byDatanode = new ConcurrentHashMap<>();

  /** Statistics of the datanode were written. */
  void written(long datanodeId, int regions) {
    byDatanode.put(datanodeId, regions);
  }

  /** The datanode's regions; empty before its first statistics. */
  public OptionalLong of(long datanodeId) {
    Integer regions = byDatanode.get(datanodeId);
    return regions == null ? OptionalLong.empty() : OptionalLong.of(regions);
  }
}
