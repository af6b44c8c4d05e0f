package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.TableRoute;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Routes of tables (sheet 03 §3.5), addresses brought up to date on read (§4). Stateless,
 * thread-safe.
 */
public final class TableRouteManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TableRouteManager(KeyValueStore store) {
    this.store = store;
  }

  /** The route. */
  public Optional<Stored<TableRoute>> get(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Those routes that are there. */
  public SequencedMap<TableId, Stored<TableRoute>> batchGet(List<TableId> tables) {
    throw new UnsupportedOperationException("not written yet");
  }

  /**
   * The table that holds the regions: itself, or the one it lies on. @throws ServiceException
   * TableRouteNotFound
   */
  public TableId physicalTable(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The table that holds the regions, of each. */
  public SequencedMap<TableId, TableId> physicalTables(List<TableId> tables) {
    throw new UnsupportedOperationException("not written yet");
  }

  /**
   * The physical route behind a table: its own, or that of the one it lies on. @throws
   * ServiceException TableRouteNotFound
   */
  public PhysicalTable physicalRoute(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Who holds which regions of a physical table; empty if there is no such route. */
  public Optional<RegionDistribution> distribution(TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }
}
