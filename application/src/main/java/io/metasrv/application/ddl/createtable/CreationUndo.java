package io.metasrv.application.ddl.createtable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.region.RegionGuards;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.route.RegionRoute;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the regions of a table whose creation failed for good, if it is certain that they belong to
 * this run and that no metadata lead to them. Of one run; not thread-safe.
 */
final class CreationUndo {

  private static final Logger LOG = LoggerFactory.getLogger(CreationUndo.class);

  /** A datanode that cannot be reached closes the regions by itself; no use to wait for it long. */
  private static final int MAX_ATTEMPTS = 3;

  private final DdlContext context;
  private final RegionGuards guards;
  private final NewRegions regions;
  private int attempts;

  CreationUndo(DdlContext context, RegionGuards guards, NewRegions regions) {
    this.context = context;
    this.guards = guards;
    this.regions = regions;
  }

  /**
   * Drops what may be dropped.
   *
   * @param metadataUncertain whether metadata may still be written by an earlier attempt
   * @throws MetasrvException if it may be tried again
   */
  void run(NewTable table, List<RegionRoute> routes, boolean metadataUncertain)
      throws InterruptedException {
    if (!isOurs(table, routes) || isMade(table, metadataUncertain)) {
      return;
    }
    List<RegionRoute> addressed = RegionPeers.readdressed(routes, context.tables().nodeAddresses());
    Optional<MetasrvException> left = regions.drop(addressed);
    attempts++;
    if (left.isPresent() && left.get().isRetryable() && attempts < MAX_ATTEMPTS) {
      throw left.get();
    }
    left.ifPresent(
        error ->
            LOG.warn(
                "Regions of table {}, which was not created, stay at {} until their leases end",
                table.name(),
                RegionPeers.leaders(addressed),
                error));
  }

  /** Another procedure that works on these regions was given the same id by its statement. */
  private boolean isOurs(NewTable table, List<RegionRoute> routes) {
    try {
      guards.hold(routes);
      return true;
    } catch (ServiceException othersWork) {
      LOG.warn("Regions of table {} are not dropped", table.name(), othersWork);
      return false;
    }
  }

  private boolean isMade(NewTable table, boolean metadataUncertain) {
    if (metadataUncertain || context.tables().infos().exists(table.tableId())) {
      LOG.warn(
          "Regions of table {} with id {} are not dropped: its metadata are or may be there",
          table.name(),
          table.tableId());
      return true;
    }
    return false;
  }
}
