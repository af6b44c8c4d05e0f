package io.metasrv.application.heartbeat;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.key.TableRouteKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides leases from the stored routes of the tables reported (sheet 04 §12.2): one batch read
 * through the leader's cache a heartbeat. A route is decoded again only if its bytes changed. A
 * route that cannot be decoded leaves the regions of its table undecided, and no other. Belongs to
 * one term. Thread-safe.
 */
public final class StoredRouteLeases implements RegionLeases {

  private static final Logger LOG = LoggerFactory.getLogger(StoredRouteLeases.class);

  private final KeyValueStore store;
  private final OperatingRegions operating;
  private final Metrics.Counter brokenRoutes;
  private final ConcurrentHashMap<TableId, Decoded> decoded = new ConcurrentHashMap<>();

  /**
   * @param store the leader's cached store
   * @param operating regions under operation
   */
  public StoredRouteLeases(KeyValueStore store, OperatingRegions operating, Metrics metrics) {
    this.store = store;
    this.operating = operating;
    this.brokenRoutes = metrics.counter(MetricNames.BROKEN_TABLE_ROUTES);
  }

  @Override
  public Decision decide(long datanodeId, List<RegionStat> reported) {
    // Before the routes: whoever ends an operation has written the route by then, so that a region
    // is found in one of the two.
    Map<RegionId, RegionRole> operated = operating.rolesOn(datanodeId);
    Map<TableId, Decoded> routes = routes(reported);
    List<Granted> granted = new ArrayList<>(reported.size());
    List<RegionId> closeable = new ArrayList<>();
    List<RegionId> undecided = new ArrayList<>();
    for (RegionStat stat : reported) {
      RegionId region = stat.id();
      Decoded route = routes.get(region.table());
      Optional<RegionRole> role = role(route, region, datanodeId, operated);
      if (role.isPresent()) {
        granted.add(new Granted(region, role.get()));
      } else if (route != null && route.regions == null) {
        undecided.add(region);
      } else {
        closeable.add(region);
      }
    }
    return new Decision(granted, closeable, undecided);
  }

  private static Optional<RegionRole> role(
      @Nullable Decoded route,
      RegionId region,
      long datanodeId,
      Map<RegionId, RegionRole> operated) {
    Optional<RegionRole> routed =
        route == null || route.regions == null
            ? Optional.empty()
            : route.regions.role(region, datanodeId);
    return routed.or(() -> Optional.ofNullable(operated.get(region)));
  }

  private Map<TableId, Decoded> routes(List<RegionStat> reported) {
    LinkedHashMap<Bytes, TableId> keys = new LinkedHashMap<>();
    @Nullable TableId last = null;
    for (RegionStat stat : reported) {
      TableId table = stat.id().table();
      if (!table.equals(last)) {
        keys.put(new TableRouteKey(table).toBytes(), table);
        last = table;
      }
    }
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<TableId, Decoded> routes = new LinkedHashMap<>();
    for (KeyValue kv : store.batchGet(List.copyOf(keys.keySet()))) {
      TableId table = keys.get(kv.key());
      if (table != null) {
        routes.put(table, route(table, kv.value()));
      }
    }
    return routes;
  }

  private Decoded route(TableId table, Bytes raw) {
    Decoded known = decoded.get(table);
    if (known != null && known.raw.equals(raw)) {
      return known;
    }
    Decoded fresh = new Decoded(raw, decode(table, raw));
    decoded.put(table, fresh);
    return fresh;
  }

  private @Nullable TableRegions decode(TableId table, Bytes raw) {
    try {
      return TableRegions.decode(raw);
    } catch (MetasrvException e) {
      brokenRoutes.increment();
      LOG.error(
          "The route of table {} under {} cannot be read: the leases of its regions are not"
              + " renewed until it is repaired",
          table,
          new TableRouteKey(table).toBytes(),
          e);
      return null;
    }
  }

  /** A route as stored, and what it says; nothing if it cannot be read. */
  private record Decoded(Bytes raw, @Nullable TableRegions regions) {}
}
