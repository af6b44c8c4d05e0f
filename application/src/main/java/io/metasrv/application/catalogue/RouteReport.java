package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.DatanodeTableKey;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import io.metasrv.domain.table.TableInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a table is: its regions and their nodes, or the table it lies on. Stateless. */
final class RouteReport {

  private final TableMetadata tables;

  RouteReport(TableMetadata tables) {
    this.tables = tables;
  }

  /** Members of the object that shows the table. */
  void write(JsonWriter json, TableId table, TableRoute route, Problems problems) {
    switch (route) {
      case TableRoute.Logical logical -> logical(json, logical.physicalTable(), problems);
      case TableRoute.Physical physical -> physical(json, table, physical, problems);
    }
  }

  private void logical(JsonWriter json, TableId physical, Problems problems) {
    json.name("physical_table").beginObject().member("id", physical.value());
    problems
        .read(new TableInfoKey(physical).toBytes(), () -> tables.infos().get(physical))
        .map(stored -> stored.value().info())
        .map(TableInfo::tableName)
        .ifPresent(name -> json.member("name", name.toString()));
    json.endObject();
  }

  private void physical(
      JsonWriter json, TableId table, TableRoute.Physical route, Problems problems) {
    Map<Long, DatanodeTable> known = datanodeTables(table, route, problems);
    SortedMap<RegionId, String> topics = topics(table, known, problems);
    json.name("route")
        .beginObject()
        .unsignedMember("version", route.version())
        .member("max_region_number", route.maxRegionNumber())
        .name("regions")
        .array(
            route.regions(),
            (out, region) -> region(out, region, Optional.ofNullable(topics.get(region.id()))))
        .endObject()
        .name("datanode_tables")
        .array(known.entrySet(), (out, entry) -> datanode(out, entry.getKey(), entry.getValue()));
  }

  private static void region(JsonWriter json, RegionRoute region, Optional<String> topic) {
    json.beginObject()
        .unsignedMember("id", region.id().value())
        .member("number", region.id().regionNumber());
    region
        .leader()
        .ifPresent(
            leader -> {
              json.name("leader");
              peer(json, leader);
            });
    json.name("followers").array(region.followers(), RouteReport::peer);
    json.member("state", state(region));
    region.leaderDownSince().ifPresent(since -> json.member("leader_down_since_ms", since));
    region.writePolicy().ifPresent(policy -> json.member("write_policy", policy.text()));
    String rule = region.region().partitionExpr();
    if (!rule.isEmpty()) {
      json.member("partition", PartitionText.of(rule)).member("partition_expr", rule);
    }
    topic.ifPresent(name -> json.member("wal_topic", name));
    json.endObject();
  }

  private static String state(RegionRoute region) {
    return region.leader().isEmpty()
        ? "no leader"
        : region.leaderState().map(LeaderState::text).orElse("Leading");
  }

  static void peer(JsonWriter json, Peer peer) {
    json.beginObject()
        .unsignedMember("id", peer.id())
        .member("address", peer.address())
        .endObject();
  }

  /** What those datanodes know of the table that the route names, by datanode. */
  private Map<Long, DatanodeTable> datanodeTables(
      TableId table, TableRoute.Physical route, Problems problems) {
    Map<Long, DatanodeTable> known = new LinkedHashMap<>();
    for (long node : route.distribution().byNode().keySet()) {
      Bytes key = new DatanodeTableKey(node, table).toBytes();
      Optional<Optional<DatanodeTable>> read =
          problems.read(
              key, () -> Optional.of(tables.datanodeTables().get(node, table).map(Stored::value)));
      read.ifPresent(
          stored ->
              stored.ifPresentOrElse(
                  value -> known.put(node, value),
                  () -> problems.add(key, "it is not there although the route names the node")));
    }
    return known;
  }

  private static void datanode(JsonWriter json, long node, DatanodeTable table) {
    json.beginObject()
        .unsignedMember("datanode", node)
        .name("leaders")
        .array(table.regions().leaders(), JsonWriter::value)
        .name("followers")
        .array(table.regions().followers(), JsonWriter::value)
        .endObject();
  }

  /** The topics of those regions whose logs are in one. */
  private static SortedMap<RegionId, String> topics(
      TableId table, Map<Long, DatanodeTable> known, Problems problems) {
    TreeMap<RegionId, String> topics = new TreeMap<>();
    known.forEach(
        (node, value) ->
            problems
                .read(
                    new DatanodeTableKey(node, table).toBytes(),
                    () ->
                        Optional.of(new RegionWalOptions(value.info().walOptions()).topics(table)))
                .ifPresent(topics::putAll));
    return topics;
  }
}
