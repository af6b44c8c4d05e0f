package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.RegionRoles;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes routes of physical tables (sheet 03 §6.7–6.9). Each gets the next version. */
final class RouteUpdates {

  private static final Logger LOG = LoggerFactory.getLogger(RouteUpdates.class);

  private static final TableRouteCodec CODEC = TableRouteCodec.CODEC;

  private final KeyValueStore store;
  private final TableRouteManager routes;
  private final DatanodeTableManager datanodeTables;

  RouteUpdates(KeyValueStore store) {
    this.store = store;
    this.routes = new TableRouteManager(store);
    this.datanodeTables = new DatanodeTableManager(store);
  }

  private static Bytes key(TableId table) {
    return new TableRouteKey(table).toBytes();
  }

  /**
   * If it does not fit into one transaction, keys that appear are written first, and keys that
   * disappear go last: who reads in between sees entries too many, never one too few. After a crash
   * the same call finishes the work, because it removes also when the route is there already.
   */
  void update(RouteUpdate update) {
    TableId table = update.table();
    TableRoute.Physical current = TableRouteManager.physical(table, update.current().value());
    TableRoute.Physical changed = current.next(update.newRoutes());
    Others others = new Others();
    addDatanodes(others, update, current, changed);
    addTopics(others, update);
    GuardedTxn txn =
        new GuardedTxn().replace(key(table), update.current().raw(), CODEC.encode(changed));
    boolean split = 1 + others.size() > store.maxTxnOps();
    if (!split) {
      txn.putAll(others.puts);
      others.deletes().forEach(txn::delete);
    } else if (store.get(key(table)).equals(Optional.of(update.current().raw()))) {
      Writes.putAll(store, others.puts);
    }
    txn.commit(store).settle(key(table), CODEC, changed, "table route", "the updating table route");
    if (split) {
      Writes.deleteAll(store, others.deletes());
    }
  }

  private void addDatanodes(
      Others others, RouteUpdate update, TableRoute.Physical current, TableRoute.Physical changed) {
    TableId table = update.table();
    SortedMap<Long, RegionRoles> before = current.distribution().byNode();
    RegionDistribution after = changed.distribution();
    DatanodeTable.RegionInfo old = update.regionInfo();
    DatanodeTable.RegionInfo wanted =
        old.withOptions(update.newOptions()).withWalOptions(update.newWalOptions().texts());
    List<Long> touched = new ArrayList<>();
    after
        .byNode()
        .forEach(
            (node, roles) -> {
              if (!roles.equals(before.get(node)) || !wanted.equals(old)) {
                touched.add(node);
              }
            });
    SequencedMap<Long, Stored<DatanodeTable>> stored = datanodeTables.ofTable(table, touched);
    for (long node : touched) {
      RegionRoles roles = after.byNode().getOrDefault(node, RegionRoles.leaders(List.of()));
      DatanodeTable value =
          Optional.ofNullable(stored.get(node))
              .map(each -> each.value().with(roles, wanted))
              .orElseGet(() -> DatanodeTable.of(table, roles, wanted));
      others.put(DatanodeTableManager.key(node, table), DatanodeTableCodec.CODEC.encode(value));
    }
    before.keySet().stream()
        .filter(node -> !after.byNode().containsKey(node))
        .forEach(node -> others.delete(DatanodeTableManager.key(node, table)));
  }

  /** A region that keeps its topic keeps its key, and with it its checkpoint. */
  private static void addTopics(Others others, RouteUpdate update) {
    TableId table = update.table();
    SortedMap<RegionId, String> before =
        new RegionWalOptions(update.regionInfo().walOptions()).topics(table);
    SortedMap<RegionId, String> after = update.newWalOptions().topics(table);
    before.forEach(
        (region, topic) -> {
          if (!topic.equals(after.get(region))) {
            others.delete(new TopicRegionKey(topic, region).toBytes());
          }
        });
    after.forEach(
        (region, topic) -> {
          if (!topic.equals(before.get(region))) {
            others.put(new TopicRegionKey(topic, region).toBytes(), Bytes.EMPTY);
          }
        });
  }

  boolean updateLeaderStates(
      TableId table, Stored<TableRoute> current, LeaderChange.Rule rule, Instant now) {
    TableRoute.Physical route = TableRouteManager.physical(table, current.value());
    List<RegionRoute> regions =
        route.regions().stream()
            .map(
                region ->
                    switch (rule.of(region)) {
                      case LeaderChange.Keep ignored -> region;
                      case LeaderChange.Become(Optional<LeaderState> state) ->
                          region.withLeaderState(state, now.toEpochMilli());
                    })
            .toList();
    if (regions.equals(route.regions())) {
      LOG.warn("No leader state of table {} had to be changed; nothing is written", table);
      return false;
    }
    TableRoute.Physical changed = route.next(regions);
    new GuardedTxn()
        .replace(key(table), current.raw(), CODEC.encode(changed))
        .commit(store)
        .settle(key(table), CODEC, changed, "table route", "the updating leader region status");
    return true;
  }

  void setStaging(RegionId region, boolean staging) {
    TableId table = region.table();
    Stored<TableRoute> current =
        routes.get(table).orElseThrow(() -> MetadataErrors.tableRouteNotFound(table));
    TableRoute.Physical route = TableRouteManager.physical(table, current.value());
    if (route.regions().stream().noneMatch(each -> each.id().equals(region))) {
      throw MetadataErrors.regionNotFound(region);
    }
    List<RegionRoute> regions =
        route.regions().stream()
            .map(each -> each.id().equals(region) ? staging(each, staging) : each)
            .toList();
    if (regions.equals(route.regions())) {
      return;
    }
    TableRoute changed = route.next(regions);
    GuardedTxn.Outcome outcome =
        new GuardedTxn().replace(key(table), current.raw(), CODEC.encode(changed)).commit(store);
    if (!outcome.committed()
        && !outcome
            .at(key(table))
            .map(raw -> CODEC.decode(key(table), raw))
            .equals(Optional.of(changed))) {
      throw MetadataErrors.corruption(
          "the route of table %s was changed by another while the staging state of region %s was set"
              .formatted(table, region));
    }
  }

  private static RegionRoute staging(RegionRoute route, boolean staging) {
    return staging ? route.staging() : route.notStaging();
  }

  /** Keys beside the route. A key that is written is not removed. */
  private static final class Others {

    private final Map<Bytes, Bytes> puts = new LinkedHashMap<>();
    private final List<Bytes> removed = new ArrayList<>();

    void put(Bytes key, Bytes value) {
      puts.put(key, value);
    }

    void delete(Bytes key) {
      removed.add(key);
    }

    List<Bytes> deletes() {
      return removed.stream().filter(key -> !puts.containsKey(key)).toList();
    }

    int size() {
      return puts.size() + deletes().size();
    }
  }
}
