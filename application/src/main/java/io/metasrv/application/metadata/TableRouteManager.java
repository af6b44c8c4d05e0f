package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;

/**
 * Routes of tables (sheet 03 §3.5). What is read carries the current addresses of its nodes, while
 * {@link Stored#raw()} stays as stored (§4). Stateless, thread-safe.
 */
public final class TableRouteManager {

  private static final TableRouteCodec CODEC = TableRouteCodec.CODEC;

  private final KeyValueStore store;
  private final NodeAddressManager addresses;

  /**
   * @param store the store of the term
   */
  public TableRouteManager(KeyValueStore store) {
    this.store = store;
    this.addresses = new NodeAddressManager(store);
  }

  private static Bytes key(TableId table) {
    return new TableRouteKey(table).toBytes();
  }

  /** The route. */
  public Optional<Stored<TableRoute>> get(TableId table) {
    return Optional.ofNullable(batchGet(List.of(table)).get(table));
  }

  /** Those routes that are there. */
  public SequencedMap<TableId, Stored<TableRoute>> batchGet(List<TableId> tables) {
    SequencedMap<TableId, Stored<TableRoute>> routes = stored(tables);
    SortedMap<Long, String> current = addressesOf(routes.values());
    LinkedHashMap<TableId, Stored<TableRoute>> remapped = new LinkedHashMap<>();
    routes.forEach(
        (table, route) -> remapped.put(table, route.map(value -> remap(value, current))));
    return remapped;
  }

  private SequencedMap<TableId, Stored<TableRoute>> stored(List<TableId> tables) {
    return Reads.batch(store, tables, TableRouteManager::key, CODEC);
  }

  /** The route with the current addresses of its nodes. */
  Stored<TableRoute> remapped(Stored<TableRoute> route) {
    SortedMap<Long, String> current = addressesOf(List.of(route));
    return route.map(value -> remap(value, current));
  }

  private SortedMap<Long, String> addressesOf(Collection<Stored<TableRoute>> routes) {
    Set<Long> nodes = new LinkedHashSet<>();
    for (Stored<TableRoute> route : routes) {
      if (route.value() instanceof TableRoute.Physical physical) {
        for (RegionRoute region : physical.regions()) {
          region.leader().ifPresent(peer -> nodes.add(peer.id()));
          region.followers().forEach(peer -> nodes.add(peer.id()));
        }
      }
    }
    return addresses.addresses(NodeRole.DATANODE, nodes);
  }

  private static TableRoute remap(TableRoute route, SortedMap<Long, String> current) {
    return switch (route) {
      case TableRoute.Logical logical -> logical;
      case TableRoute.Physical physical ->
          physical.withRegions(
              physical.regions().stream()
                  .map(region -> region.mapPeers(p -> NodeAddressManager.remap(p, current)))
                  .toList());
    };
  }

  /**
   * The table that holds the regions: itself, or the one it lies on.
   *
   * @throws ServiceException ({@code TableRouteNotFound}) if there is no route
   */
  public TableId physicalTable(TableId table) {
    return Optional.ofNullable(physicalTables(List.of(table)).get(table))
        .orElseThrow(() -> MetadataErrors.tableRouteNotFound(table));
  }

  /** The table that holds the regions, of each table that has a route. */
  public SequencedMap<TableId, TableId> physicalTables(List<TableId> tables) {
    LinkedHashMap<TableId, TableId> physical = new LinkedHashMap<>();
    stored(tables)
        .forEach(
            (table, route) ->
                physical.put(
                    table,
                    route.value() instanceof TableRoute.Logical logical
                        ? logical.physicalTable()
                        : table));
    return physical;
  }

  /**
   * The physical route behind a table: its own, or that of the one it lies on.
   *
   * @throws ServiceException ({@code TableRouteNotFound}) if one of both is missing; ({@code
   *     UnexpectedLogicalRouteTable}) if the other is logical, too
   */
  public PhysicalTable physicalRoute(TableId table) {
    TableRoute own = require(table).value();
    TableId holder = own instanceof TableRoute.Logical logical ? logical.physicalTable() : table;
    Stored<TableRoute> route = require(holder);
    return new PhysicalTable(holder, route.map(value -> physical(holder, value)));
  }

  private Stored<TableRoute> require(TableId table) {
    return get(table).orElseThrow(() -> MetadataErrors.tableRouteNotFound(table));
  }

  /**
   * The route as a physical one.
   *
   * @throws ServiceException ({@code UnexpectedLogicalRouteTable}) if it is none
   */
  public static TableRoute.Physical physical(TableId table, TableRoute route) {
    return switch (route) {
      case TableRoute.Physical physical -> physical;
      case TableRoute.Logical ignored -> throw MetadataErrors.logicalRoute(table);
    };
  }

  /**
   * Who holds which regions of a physical table; empty if there is no route.
   *
   * @throws ServiceException ({@code UnexpectedLogicalRouteTable}) if it is not physical
   */
  public Optional<RegionDistribution> distribution(TableId table) {
    return get(table).map(route -> physical(table, route.value()).distribution());
  }
}
