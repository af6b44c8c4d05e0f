package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.ViewInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tables and views as a whole: what spans several keys is one transaction (sheet 03 §6). Callers
 * hold the locks of the procedures.
 *
 * <p>Rule R: an operation that finds its own result in place of what it expected succeeds, so that
 * every one of them may be repeated after a failure or a crash. Finding anything else is a {@link
 * ServiceException} with code Unexpected and changes nothing. Every operation throws {@link
 * io.metasrv.domain.error.StoreException}s as the store does; an unknown outcome only if it could
 * not be found out.
 *
 * <p>Stateless, thread-safe.
 */
public final class TableMetadata {

  private final KeyValueStore store;
  private final TableRouteManager routes;
  private final Tombstones tombstones;
  private final TableCreation creation;
  private final InfoUpdates infoUpdates;
  private final RouteUpdates routeUpdates;
  private final ViewChanges viewChanges;

  /**
   * @param store the store of the term
   */
  public TableMetadata(KeyValueStore store) {
    this.store = store;
    this.routes = new TableRouteManager(store);
    this.tombstones = new Tombstones(store);
    this.creation = new TableCreation(store);
    this.infoUpdates = new InfoUpdates(store);
    this.routeUpdates = new RouteUpdates(store);
    this.viewChanges = new ViewChanges(store);
  }

  /** Catalogs. */
  public CatalogManager catalogs() {
    return new CatalogManager(store);
  }

  /** Schemas. */
  public SchemaManager schemas() {
    return new SchemaManager(store);
  }

  /** Names. */
  public TableNameManager names() {
    return new TableNameManager(store);
  }

  /** Infos. */
  public TableInfoManager infos() {
    return new TableInfoManager(store);
  }

  /** Routes. */
  public TableRouteManager routes() {
    return routes;
  }

  /** What datanodes know. */
  public DatanodeTableManager datanodeTables() {
    return new DatanodeTableManager(store);
  }

  /** Views. */
  public ViewInfoManager views() {
    return new ViewInfoManager(store);
  }

  /** Repartitions. */
  public TableRepartManager reparts() {
    return new TableRepartManager(store);
  }

  /** Topics. */
  public TopicNameManager topicNames() {
    return new TopicNameManager(store);
  }

  /** Regions of topics. */
  public TopicRegionManager topicRegions() {
    return new TopicRegionManager(store);
  }

  /** Tombstones. */
  public Tombstones tombstones() {
    return tombstones;
  }

  /** Tables that were dropped and can still be restored. */
  public DroppedTables dropped() {
    return new DroppedTables(store);
  }

  /** Addresses of nodes. */
  public NodeAddressManager nodeAddresses() {
    return new NodeAddressManager(store);
  }

  /** Info and route of a table, read at one moment (§6.20). */
  public FullTableInfo get(TableId table) {
    return FullTableInfo.read(store, table);
  }

  /**
   * Creates a table (§6.2): its name, info, route, and what its datanodes and topics know.
   *
   * @throws ServiceException (Unexpected) if an other table of the id is there;
   *     (TableAlreadyExists) if the name leads to another id
   */
  public void createTable(TableInfo info, TableRoute route, RegionWalOptions walOptions) {
    creation.createTable(info, route, walOptions);
  }

  /**
   * Creates logical tables (§6.3), in as many transactions as the store needs.
   *
   * @throws ServiceException as {@link #createTable}
   */
  public void createLogicalTables(List<LogicalTable> tables) {
    creation.createLogicalTables(tables);
  }

  /**
   * Gives a table another name in its schema (§6.4).
   *
   * @throws ServiceException (Unexpected) if the table changed; (TableAlreadyExists) if the new
   *     name is taken
   */
  public void renameTable(Stored<TableInfoValue> current, String newName) {
    infoUpdates.rename(current, newName);
  }

  /**
   * Changes an info (§6.5), also for a comment.
   *
   * @param distribution if given, what these datanodes know is changed as well if the options of
   *     the table are others than they know
   * @throws ServiceException (Unexpected) if the table changed; ({@code DatanodeTableInfoNotFound})
   *     if the first datanode knows nothing of it
   * @throws IllegalArgumentException if the distribution is empty
   */
  public void updateTableInfo(
      Stored<TableInfoValue> current,
      Optional<RegionDistribution> distribution,
      TableInfo changed) {
    infoUpdates.update(current, distribution, changed);
  }

  /**
   * Changes infos (§6.6), in as many transactions as the store needs.
   *
   * @throws ServiceException (Unexpected) if a table changed
   */
  public void updateTableInfos(List<InfoUpdate> updates) {
    infoUpdates.updateAll(updates);
  }

  /**
   * Changes a route, and what datanodes and topics know (§6.7).
   *
   * @throws ServiceException (Unexpected) if the route changed, or is not physical
   */
  public void updateTableRoute(RouteUpdate update) {
    routeUpdates.update(update);
  }

  /**
   * Changes states of leaders (§6.8).
   *
   * @param now when a downgrade begins that begins with this call
   * @return whether anything had to be written
   * @throws ServiceException (Unexpected) if the route changed, or is not physical
   */
  public boolean updateLeaderStates(
      TableId table, Stored<TableRoute> current, LeaderChange.Rule rule, Instant now) {
    return routeUpdates.updateLeaderStates(table, current, rule, now);
  }

  /**
   * Sets or clears the staging state of a region (§6.9).
   *
   * @throws ServiceException ({@code RegionNotFound}) if the route does not have it; ({@code
   *     MetadataCorruption}) if another changed the route meanwhile
   */
  public void setStaging(RegionId region, boolean staging) {
    routeUpdates.setStaging(region, staging);
  }

  /**
   * Creates a view (§6.10).
   *
   * @throws ServiceException as {@link #createTable}
   */
  public void createView(TableInfo info, ViewInfo view) {
    viewChanges.create(info, view);
  }

  /**
   * Replaces a view (§6.11); it gets the next version, whatever the version of the replacement.
   *
   * @throws ServiceException (Unexpected) if the view changed
   */
  public void updateView(TableId view, Stored<ViewInfo> current, ViewInfo changed) {
    viewChanges.update(view, current, changed);
  }

  /** Removes a view (§6.12). */
  public void destroyView(TableId view, TableName name) {
    viewChanges.destroy(view, name);
  }

  /** Drops a table, so that it can be restored (§6.13). */
  public void deleteTable(TableRef table) {
    tombstones.bury(table.keys());
  }

  /** Undoes {@link #deleteTable} (§6.14). */
  public void restoreTable(TableRef table) {
    tombstones.restore(table.keys());
  }

  /** Ends {@link #deleteTable}: it can no longer be undone (§6.15). */
  public void deleteTableTombstone(TableRef table) {
    tombstones.delete(table.keys());
  }

  /** Removes a table at once and for ever (§6.16). */
  public void destroyTable(TableRef table) {
    Writes.deleteAll(store, table.keys());
  }
}
