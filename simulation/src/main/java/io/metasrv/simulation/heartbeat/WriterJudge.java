package io.metasrv.simulation.heartbeat;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.NodeObserver;
import io.metasrv.nodes.region.AliveKeeper;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.simulation.cluster.SimulatedDatanode;
import java.util.ArrayList;
import java.util.List;

/**
 * Never do two datanodes take writes for one region. A datanode begins to take them with a lease
 * and in no other way, so that is when to look.
 */
final class WriterJudge implements NodeObserver {

  private final Violations violations;
  private final List<RegionId> regions;
  private final List<SimulatedDatanode> datanodes = new ArrayList<>();
  private int promotions;

  WriterJudge(Violations violations, List<RegionId> regions) {
    this.violations = violations;
    this.regions = List.copyOf(regions);
  }

  void watch(SimulatedDatanode datanode) {
    datanodes.add(datanode);
  }

  @Override
  public void leased(RegionLease lease, AliveKeeper.LeaseOutcome outcome) {
    promotions += outcome.promoted().size();
    if (!outcome.closed().isEmpty()) {
      violations.add("regions were closed although their routes name every datanode");
    }
    for (RegionId region : regions) {
      List<Long> writers = writers(region);
      if (writers.size() > 1) {
        violations.add("region %s is writable on datanodes %s".formatted(region, writers));
      }
    }
  }

  /** The datanodes that take writes for the region. */
  List<Long> writers(RegionId region) {
    return datanodes.stream()
        .filter(datanode -> datanode.isWritable(region))
        .map(SimulatedDatanode::id)
        .toList();
  }

  /** How often a lease made a follower a leader. */
  int promotions() {
    return promotions;
  }
}
