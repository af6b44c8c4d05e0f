package io.metasrv.simulation.ddl;

import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.nodes.region.HostedRegion;
import io.metasrv.simulation.cluster.SimulatedDatanode;
import io.metasrv.simulation.cluster.SimulatedFlownode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether regions and flows lie where the metadata say, and nowhere else. */
final class Placement {

  private static final String FLOWS_OF_NODES = "__flow/flownode/";

  private final DdlCluster cluster;
  private final List<String> violations = new ArrayList<>();

  private Placement(DdlCluster cluster) {
    this.cluster = cluster;
  }

  /** What does not agree. */
  static List<String> check(DdlCluster cluster) {
    Placement placement = new Placement(cluster);
    placement.regions();
    placement.flows();
    return placement.violations;
  }

  private void regions() {
    TreeSet<String> routed = new TreeSet<>();
    RangePager.pairs(cluster.content(), KeyRange.prefix(TableRouteKey.PREFIX))
        .forEachPair(
            pair -> {
              if (TableRouteCodec.CODEC.decode(pair.key(), pair.value())
                  instanceof TableRoute.Physical physical) {
                physical.regions().forEach(region -> routed.add(place(region)));
              }
            });
    TreeSet<String> open = new TreeSet<>();
    for (SimulatedDatanode datanode : cluster.datanodes()) {
      for (HostedRegion region : datanode.regions()) {
        open.add(place(region.id(), datanode.id()));
        if (!datanode.isWritable(region.id())) {
          violations.add("nobody can write to region " + region.id());
        }
      }
    }
    compare("regions on datanodes", open, routed);
  }

  private static String place(RegionRoute route) {
    return place(route.id(), route.leader().orElseThrow().id());
  }

  private static String place(RegionId region, long datanode) {
    return region + " on datanode " + datanode;
  }

  private void flows() {
    TreeSet<String> stored = new TreeSet<>();
    RangePager.pairs(cluster.content(), KeyRange.prefix(Bytes.utf8(FLOWS_OF_NODES)))
        .forEachPair(
            pair -> {
              String[] parts = pair.key().toUtf8().substring(FLOWS_OF_NODES.length()).split("/");
              stored.add(parts[1] + " on flownode " + parts[0]);
            });
    TreeSet<String> running = new TreeSet<>();
    for (SimulatedFlownode flownode : cluster.flownodes()) {
      flownode.flows().keySet().forEach(id -> running.add(id + " on flownode " + flownode.id()));
    }
    compare("flows on flownodes", running, stored);
  }

  private void compare(String what, TreeSet<String> real, TreeSet<String> stored) {
    if (!real.equals(stored)) {
      violations.add("%s: %s, by the metadata: %s".formatted(what, real, stored));
    }
  }
}
