package io.metasrv.tests.ddl;

import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the recorded datanodes of a table in the place of ours. Where the recording has two regions
 * on one datanode, and other two apart, so must we: if the datanodes of a table cannot be exchanged
 * one for one, that is an error.
 */
final class Placement {

  private static final String ROUTES = TableRouteKey.PREFIX.toUtf8();
  private static final String DATANODE_TABLES = "__dn_table/";

  private Placement() {}

  /**
   * Our content with the recorded placement.
   *
   * @param ours with recorded addresses
   */
  static SortedMap<String, String> asRecorded(
      SortedMap<String, String> ours, SortedMap<String, String> recorded) {
    TreeMap<String, String> placed = new TreeMap<>(ours);
    ours.forEach(
        (key, value) -> {
          String wanted = recorded.get(key);
          if (key.startsWith(ROUTES) && wanted != null) {
            place(placed, key, route(key, value), route(key, wanted), ours);
          }
        });
    return placed;
  }

  private static TableRoute route(String key, String value) {
    return TableRouteCodec.CODEC.decode(Bytes.utf8(key), Bytes.utf8(value));
  }

  private static void place(
      TreeMap<String, String> placed,
      String key,
      TableRoute our,
      TableRoute wanted,
      SortedMap<String, String> ours) {
    if (!(our instanceof TableRoute.Physical physical)
        || !(wanted instanceof TableRoute.Physical recorded)
        || physical.regions().size() != recorded.regions().size()) {
      return;
    }
    TreeMap<Long, Peer> exchange = exchange(key, physical.regions(), recorded.regions());
    String route = ours.getOrDefault(key, "");
    for (int i = 0; i < physical.regions().size(); i++) {
      Peer from = leader(physical.regions().get(i));
      String region = "\"id\":" + physical.regions().get(i).id().value() + ",";
      int at = route.indexOf(text(from), route.indexOf(region));
      route =
          route.substring(0, at)
              + text(exchange.getOrDefault(from.id(), from))
              + route.substring(at + text(from).length());
    }
    placed.put(key, route);
    long table = TableRouteKey.parse(Bytes.utf8(key)).table().value();
    exchange.keySet().forEach(id -> placed.remove(datanodeTable(id, table)));
    exchange.forEach(
        (id, peer) -> {
          String value = ours.get(datanodeTable(id, table));
          if (value != null) {
            placed.put(datanodeTable(peer.id(), table), value);
          }
        });
  }

  private static TreeMap<Long, Peer> exchange(
      String key, List<RegionRoute> ours, List<RegionRoute> recorded) {
    TreeMap<Long, Peer> exchange = new TreeMap<>();
    TreeMap<Long, Long> back = new TreeMap<>();
    for (int i = 0; i < ours.size(); i++) {
      long our = leader(ours.get(i)).id();
      Peer theirs = leader(recorded.get(i));
      Peer before = exchange.put(our, theirs);
      Long taken = back.put(theirs.id(), our);
      if ((before != null && !before.equals(theirs)) || (taken != null && taken != our)) {
        throw new AssertionError(
            "regions of " + key + " are placed otherwise than recorded: " + ours);
      }
    }
    return exchange;
  }

  private static Peer leader(RegionRoute region) {
    return region.leader().orElseThrow();
  }

  private static String text(Peer peer) {
    return "\"leader_peer\":{\"id\":%s,\"addr\":\"%s\"}"
        .formatted(Long.toUnsignedString(peer.id()), peer.address());
  }

  private static String datanodeTable(long datanode, long table) {
    return DATANODE_TABLES + Long.toUnsignedString(datanode) + "/" + table;
  }
}
