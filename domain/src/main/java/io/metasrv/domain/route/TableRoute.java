package io.metasrv.domain.route;

import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import java.util.List;

/** Where the regions of a table are (sheet 03 §3.5). */
public sealed interface TableRoute {

  /** Members kept for others. */
  UnknownMembers unknown();

  /**
   * A table with regions of its own.
   *
   * @param regions where they are
   * @param maxRegionNumber the largest number any region ever had, unsigned 32 bits; never falls
   * @param version unsigned; one up with each update
   * @param unknown members kept for others
   */
  record Physical(
      List<RegionRoute> regions, long maxRegionNumber, long version, UnknownMembers unknown)
      implements TableRoute {

    public Physical {
      regions = List.copyOf(regions);
    }

    /** The next version: other regions, the largest number at least as before. */
    public Physical next(List<RegionRoute> changed) {
      return new Physical(
          changed, Math.max(maxRegionNumber, maxNumber(changed)), version + 1, unknown);
    }

    /** Other regions in the same version; for routes read, not for writing. */
    public Physical withRegions(List<RegionRoute> changed) {
      return new Physical(changed, maxRegionNumber, version, unknown);
    }

    /** Which datanode holds which regions. */
    public RegionDistribution distribution() {
      return RegionDistribution.of(regions);
    }

    private static long maxNumber(List<RegionRoute> regions) {
      return regions.stream().mapToLong(route -> route.id().regionNumber()).max().orElse(0);
    }
  }

  /**
   * A table whose rows are in the regions of another.
   *
   * @param physicalTable that other
   * @param unknown members kept for others
   */
  record Logical(TableId physicalTable, UnknownMembers unknown) implements TableRoute {}

  /** The first version of a table's route. */
  static Physical physical(List<RegionRoute> regions) {
    return new Physical(regions, Physical.maxNumber(regions), 0, UnknownMembers.NONE);
  }

  /** The route of a table on another. */
  static Logical logical(TableId physicalTable) {
    return new Logical(physicalTable, UnknownMembers.NONE);
  }

  /** The largest region number of routes; 0 without any. */
  static long maxRegionNumber(List<RegionRoute> regions) {
    return Physical.maxNumber(regions);
  }
}
