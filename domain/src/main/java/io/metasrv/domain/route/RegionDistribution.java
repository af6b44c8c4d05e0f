package io.metasrv.domain.route;

import io.metasrv.domain.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which datanode holds which regions of a table (sheet 03 §3.5).
 *
 * @param byNode by datanode id, ascending as unsigned numbers
 */
public record RegionDistribution(SortedMap<Long, RegionRoles> byNode) {

  public RegionDistribution {
    TreeMap<Long, RegionRoles> copy = new TreeMap<>(Long::compareUnsigned);
    copy.putAll(byNode);
    byNode = Collections.unmodifiableSortedMap(copy);
  }

  /** That of routes. A region without a leader counts for its followers only. */
  public static RegionDistribution of(List<RegionRoute> routes) {
    TreeMap<Long, List<Long>> leaders = new TreeMap<>(Long::compareUnsigned);
    TreeMap<Long, List<Long>> followers = new TreeMap<>(Long::compareUnsigned);
    for (RegionRoute route : routes) {
      long number = route.id().regionNumber();
      route.leader().ifPresent(peer -> add(leaders, peer, number));
      route.followers().forEach(peer -> add(followers, peer, number));
    }
    TreeMap<Long, RegionRoles> byNode = new TreeMap<>(Long::compareUnsigned);
    leaders.forEach(
        (node, led) ->
            byNode.put(node, new RegionRoles(led, followers.getOrDefault(node, List.of()))));
    followers.forEach(
        (node, followed) -> byNode.putIfAbsent(node, new RegionRoles(List.of(), followed)));
    return new RegionDistribution(byNode);
  }

  private static void add(TreeMap<Long, List<Long>> regions, Peer peer, long number) {
    regions.computeIfAbsent(peer.id(), ignored -> new ArrayList<>()).add(number);
  }

  /** Whether no datanode holds anything. */
  public boolean isEmpty() {
    return byNode.isEmpty();
  }
}
