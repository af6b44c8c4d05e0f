package io.metasrv.simulation.heartbeat;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.simulation.cluster.SimulatedDatanode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The route of a table with one region, which every datanode has open: one leads it, the others
 * follow.
 *
 * @param version grows with each change, so that no two routes have the same bytes
 */
record Route(TableId table, long leader, boolean downgrading, long version) {

  /** Key of the route. */
  Bytes key() {
    return new TableRouteKey(table).toBytes();
  }

  /** The table's region. */
  RegionId region() {
    return region(table);
  }

  /** The region of a table. */
  static RegionId region(TableId table) {
    return RegionId.of(table, 0);
  }

  /** The leader is to give the region up. */
  Route asDowngrading() {
    return new Route(table, leader, true, version + 1);
  }

  /** Another datanode leads. */
  Route ledBy(long datanode) {
    return new Route(table, datanode, false, version + 1);
  }

  /** As stored (sheet 03 §3.5). */
  Bytes encode(int datanodes) {
    String followers =
        LongStream.rangeClosed(1, datanodes)
            .filter(id -> id != leader)
            .mapToObj(Route::peer)
            .collect(Collectors.joining(","));
    return Bytes.utf8(
        """
        {"type":"physical","region_routes":[{"region":{"id":%s,"name":"","attrs":{},\
        "partition_expr":""},"leader_peer":%s,"follower_peers":[%s]%s,\
        "leader_down_since":null}],"max_region_number":0,"version":%d}\
        """
            .formatted(
                region().toDecimal(),
                peer(leader),
                followers,
                downgrading ? ",\"leader_state\":\"Downgrading\"" : "",
                version));
  }

  private static String peer(long id) {
    return "{\"id\":%d,\"addr\":\"%s\"}".formatted(id, SimulatedDatanode.address(id));
  }

  /** Reads what {@link #encode} wrote. */
  static Route decode(TableId table, Bytes stored) {
    return JsonReader.decode(stored, document -> read(table, document.asObject()));
  }

  private static Route read(TableId table, JsonValue.Object route) {
    List<JsonValue> regions = route.require("region_routes").asArray();
    JsonValue.Object region = regions.getFirst().asObject();
    return new Route(
        table,
        region.require("leader_peer").asObject().require("id").asUnsigned(),
        region.find("leader_state").isPresent(),
        route.require("version").asUnsigned());
  }
}
