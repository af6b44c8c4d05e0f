package io.metasrv.application.ddl.region;

import io.metasrv.application.metadata.NodeAddressManager;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.route.RegionRoute;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which datanodes hold the regions of routes. A peer is its id and its address (sheet 06 §3). */
public final class RegionPeers {

  private RegionPeers() {}

  /** The distinct leaders, in the order of the regions. */
  public static SequencedSet<Peer> leaders(List<RegionRoute> routes) {
    LinkedHashSet<Peer> leaders = new LinkedHashSet<>();
    routes.forEach(route -> route.leader().ifPresent(leaders::add));
    return leaders;
  }

  /** The distinct followers, in the order of the regions. */
  public static SequencedSet<Peer> followers(List<RegionRoute> routes) {
    LinkedHashSet<Peer> followers = new LinkedHashSet<>();
    routes.forEach(route -> followers.addAll(route.followers()));
    return followers;
  }

  /** The routes of the regions that the peer leads. */
  public static List<RegionRoute> ledBy(Peer peer, List<RegionRoute> routes) {
    return routes.stream().filter(route -> route.leader().equals(Optional.of(peer))).toList();
  }

  /** The routes of the regions that the peer follows. */
  public static List<RegionRoute> followedBy(Peer peer, List<RegionRoute> routes) {
    return routes.stream().filter(route -> route.followers().contains(peer)).toList();
  }

  /** The numbers of the regions, unsigned 32 bits, in their order. */
  public static List<Long> numbers(List<RegionRoute> routes) {
    return routes.stream().map(route -> route.id().regionNumber()).toList();
  }

  /**
   * A copy of the routes with the current addresses of their datanodes, one batch read; a datanode
   * whose address is not stored keeps the old one. For steps that are tried again.
   */
  public static List<RegionRoute> readdressed(
      List<RegionRoute> routes, NodeAddressManager addresses) {
    TreeSet<Long> ids = new TreeSet<>(Long::compareUnsigned);
    routes.stream()
        .flatMap(route -> Stream.concat(route.leader().stream(), route.followers().stream()))
        .forEach(peer -> ids.add(peer.id()));
    if (ids.isEmpty()) {
      return routes;
    }
    SortedMap<Long, String> current = addresses.addresses(NodeRole.DATANODE, ids);
    return routes.stream()
        .map(
            route ->
                route.mapPeers(
                    peer -> new Peer(peer.id(), current.getOrDefault(peer.id(), peer.address()))))
        .toList();
  }
}
