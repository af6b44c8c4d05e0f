package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.DatanodeTableKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.route.RegionRoles;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import io.metasrv.domain.table.TableInfo;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether routes, what datanodes are to know, and regions of topics say the same. */
final class RegionCheck {

  private static final String COMMENT = "comment";

  private final Catalogue catalogue;
  private final Findings findings;

  RegionCheck(Catalogue catalogue, Findings findings) {
    this.catalogue = catalogue;
    this.findings = findings;
  }

  void run() {
    catalogue
        .routes()
        .values()
        .forEach(
            (table, route) -> {
              if (route instanceof TableRoute.Physical physical) {
                regions(table, physical);
                places(table, physical);
              }
            });
    catalogue.datanodeTables().values().forEach(this::datanodeTable);
    topics();
  }

  private void regions(TableId table, TableRoute.Physical route) {
    Bytes key = new TableRouteKey(table).toBytes();
    findings.unless(
        !route.regions().isEmpty(), Category.ROUTE, key, "table %s has no regions", table);
    Set<RegionId> seen = new HashSet<>();
    for (RegionRoute region : route.regions()) {
      RegionId id = region.id();
      findings.unless(
          id.table().equals(table), Category.ROUTE, key, "region %s is of another table", id);
      findings.unless(seen.add(id), Category.ROUTE, key, "region %s is in it twice", id);
      findings.unless(
          id.regionNumber() <= route.maxRegionNumber(),
          Category.ROUTE,
          key,
          "region %s is above the highest number given, %s",
          id,
          route.maxRegionNumber());
      Set<Long> holders = new HashSet<>();
      region.leader().ifPresent(peer -> holders.add(peer.id()));
      boolean apart = region.followers().stream().allMatch(peer -> holders.add(peer.id()));
      findings.unless(apart, Category.ROUTE, key, "region %s lies on a datanode twice", id);
    }
  }

  private void places(TableId table, TableRoute.Physical route) {
    route
        .distribution()
        .byNode()
        .keySet()
        .forEach(
            node -> {
              DatanodeTableKey key = new DatanodeTableKey(node, table);
              findings.unless(
                  catalogue.datanodeTables().holds(key),
                  Category.DATANODE_TABLE,
                  key.toBytes(),
                  "the route of table %s has regions on datanode %s",
                  table,
                  Long.toUnsignedString(node));
            });
  }

  private void datanodeTable(DatanodeTableKey where, DatanodeTable known) {
    Bytes key = where.toBytes();
    TableId table = where.table();
    findings.unless(
        known.tableId().equals(table),
        Category.DATANODE_TABLE,
        key,
        "it says it is of table %s",
        known.tableId());
    Optional<TableRoute> route = catalogue.routes().get(table);
    if (route.isEmpty()) {
      findings.unless(
          catalogue.routes().holds(table),
          Category.DATANODE_TABLE,
          key,
          "table %s has no route",
          table);
    } else if (route.get() instanceof TableRoute.Physical physical) {
      Optional<RegionRoles> roles =
          Optional.ofNullable(physical.distribution().byNode().get(where.datanode()));
      findings.unless(
          roles.equals(Optional.of(known.regions())),
          Category.DATANODE_TABLE,
          key,
          "it has %s, the route has %s",
          known.regions(),
          roles.map(RegionRoles::toString).orElse("nothing there"));
    } else {
      findings.add(Category.DATANODE_TABLE, key, "table %s is logical", table);
    }
    catalogue.infos().get(table).ifPresent(info -> description(key, known.info(), info));
  }

  private void description(Bytes key, DatanodeTable.RegionInfo known, TableInfo info) {
    agree(key, "engine", known.engine(), info.meta().engine());
    agree(key, "storage path", known.storagePath(), info.regionStoragePath());
    agree(
        key,
        "options",
        uncommented(known.options()),
        uncommented(info.meta().options().toRegionOptions()));
  }

  /** COMMENT ON changes the table's info alone (sheet 06 §17), datanodes need no comment. */
  private static SortedMap<String, String> uncommented(Map<String, String> options) {
    TreeMap<String, String> rest = new TreeMap<>(options);
    rest.remove(COMMENT);
    return rest;
  }

  private void agree(Bytes key, String what, Object known, Object said) {
    findings.unless(
        known.equals(said),
        Category.DATANODE_TABLE,
        key,
        "it has the %s %s, the table has %s",
        what,
        known,
        said);
  }

  private void topics() {
    Set<TopicRegionKey> expected = new HashSet<>();
    Set<TableId> uncertain = new TreeSet<>();
    catalogue.datanodeTables().unreadable().forEach(key -> uncertain.add(key.table()));
    catalogue
        .datanodeTables()
        .values()
        .forEach(
            (key, known) -> {
              Optional<SortedMap<RegionId, String>> topics = topicsOf(key, known);
              if (topics.isEmpty()) {
                uncertain.add(key.table());
              } else {
                topics.get().forEach((id, topic) -> expected.add(new TopicRegionKey(topic, id)));
              }
            });
    for (TopicRegionKey key : expected) {
      findings.unless(
          catalogue.topicRegions().holds(key),
          Category.TOPIC_REGION,
          key.toBytes(),
          "region %s keeps its log in topic %s",
          key.region(),
          key.topic());
    }
    for (TopicRegionKey key : catalogue.topicRegions().values().keySet()) {
      findings.unless(
          expected.contains(key) || uncertain.contains(key.region().table()),
          Category.TOPIC_REGION,
          key.toBytes(),
          "region %s is not there or keeps no log in topic %s",
          key.region(),
          key.topic());
    }
  }

  /** Topics of the table's regions by what a datanode knows; empty if that is not readable. */
  private Optional<SortedMap<RegionId, String>> topicsOf(
      DatanodeTableKey key, DatanodeTable known) {
    try {
      return Optional.of(new RegionWalOptions(known.info().walOptions()).topics(key.table()));
    } catch (RuntimeException unreadable) {
      findings.add(Category.UNREADABLE, key.toBytes(), "its WAL options: %s", unreadable);
      return Optional.empty();
    }
  }
}
