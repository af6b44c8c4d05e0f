package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
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
 * Tables as a whole: what spans several keys is one transaction (sheet 03 §6). Stateless,
 * thread-safe.
 */
public final class TableMetadata {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableMetadata(KeyValueStore store) {
    this.store = store;
  }

  /** Catalogs. */
  public CatalogManager catalogs() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Schemas. */
  public SchemaManager schemas() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Names. */
  public TableNameManager names() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Infos. */
  public TableInfoManager infos() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Routes. */
  public TableRouteManager routes() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** What datanodes know. */
  public DatanodeTableManager datanodeTables() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Views. */
  public ViewInfoManager views() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Repartitions. */
  public TableRepartManager reparts() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Topics. */
  public TopicNameManager topicNames() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Regions of topics. */
  public TopicRegionManager topicRegions() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Tombstones. */
  public Tombstones tombstones() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Addresses of nodes. */
  public NodeAddressManager nodeAddresses() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Info and route of a table, read at one moment (§6.20). */
  public FullTableInfo get(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Creates a table (§6.2). */
  public void createTable(TableInfo info, TableRoute route, RegionWalOptions walOptions) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Creates logical tables (§6.3), in as many transactions as the store needs. */
  public void createLogicalTables(List<LogicalTable> tables) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Gives a table another name in its schema (§6.4). */
  public void renameTable(Stored<TableInfoValue> current, String newName) {
    throw new UnsupportedOperationException("not written yet");
  }

  /**
   * Changes an info (§6.5); with a distribution, what its datanodes know as well if the options
   * changed.
   */
  public void updateTableInfo(
      Stored<TableInfoValue> current,
      Optional<RegionDistribution> distribution,
      TableInfo changed) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Changes infos (§6.6), in as many transactions as the store needs. */
  public void updateTableInfos(List<InfoUpdate> updates) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Changes a route (§6.7). */
  public void updateTableRoute(RouteUpdate update) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Changes states of leaders (§6.8); whether anything had to be written. */
  public boolean updateLeaderStates(
      TableId table, Stored<TableRoute> current, LeaderChange.Rule rule, Instant now) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Sets or clears the staging state of a region (§6.9). */
  public void setStaging(RegionId region, boolean staging) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Creates a view (§6.10). */
  public void createView(TableInfo info, ViewInfo view) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Replaces a view (§6.11). */
  public void updateView(TableId view, Stored<ViewInfo> current, ViewInfo changed) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Removes a view (§6.12). */
  public void destroyView(TableId view, TableName name) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Drops a table, so that it can be restored (§6.13). */
  public void deleteTable(TableRef table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Undoes {@link #deleteTable} (§6.14). */
  public void restoreTable(TableRef table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Ends {@link #deleteTable}: it can no longer be undone (§6.15). */
  public void deleteTableTombstone(TableRef table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Removes a table at once and for ever (§6.16). */
  public void destroyTable(TableRef table) {
    throw new UnsupportedOperationException("not written yet");
  }
}
