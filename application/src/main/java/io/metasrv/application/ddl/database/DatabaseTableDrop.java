package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.database.DropDatabaseState.Target;
import io.metasrv.application.ddl.droptable.DropTableExecutor;
import io.metasrv.application.ddl.droptable.DroppedParts;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.TableRef;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableName;
import java.util.List;

/** Drops single tables and views for DROP DATABASE. Each part may be repeated. Not thread-safe. */
final class DatabaseTableDrop {

  private final DdlContext context;
  private final DropTableExecutor executor;

  DatabaseTableDrop(DdlContext context) {
    this.context = context;
    this.executor = new DropTableExecutor(context);
  }

  /** Keeps the leases of the table's regions. */
  void hold(DropDatabaseState.Executor table) {
    executor.hold(parts(table, RegionWalOptions.NONE));
  }

  /** Ends {@link #hold}. */
  void release() {
    executor.release();
  }

  /**
   * Removes a table for good: first what is known of it, then its regions.
   *
   * @param retrying whether an attempt has failed: datanodes may have moved since
   */
  void table(DropDatabaseState.Executor table, boolean retrying) throws InterruptedException {
    DroppedParts parts = parts(table, walOptions(table));
    executor.hold(parts);
    executor.destroyMetadata(parts);
    executor.invalidateCaches(
        parts,
        "Invalidate table cache by dropping table %s, table_id: %s"
            .formatted(table.name(), table.table()));
    executor.dropRegions(retrying ? readdressed(parts) : parts, true);
    executor.release();
  }

  private DroppedParts readdressed(DroppedParts parts) {
    return parts.withRegions(
        RegionPeers.readdressed(parts.regions(), context.tables().nodeAddresses()));
  }

  private static DroppedParts parts(DropDatabaseState.Executor table, RegionWalOptions wal) {
    return new DroppedParts(
        table.name(), table.table(), physicalTable(table), table.regions(), wal);
  }

  /** The state itself does not say; the regions do. */
  private static TableId physicalTable(DropDatabaseState.Executor table) {
    return table.target() == Target.PHYSICAL || table.regions().isEmpty()
        ? table.table()
        : table.regions().getFirst().id().table();
  }

  /** What is left of them, if this is not the first attempt. */
  private RegionWalOptions walOptions(DropDatabaseState.Executor table) {
    return table.target() == Target.LOGICAL
        ? RegionWalOptions.NONE
        : walOptions(table.table(), table.regions());
  }

  private RegionWalOptions walOptions(TableId table, List<RegionRoute> regions) {
    return context.tables().datanodeTables().walOptions(table, RegionDistribution.of(regions));
  }

  /** Removes a view. */
  void view(DatabaseTable.View view) {
    context.tables().destroyView(view.table(), view.name());
    forget(view.name(), view.table());
  }

  /** Removes what is left of a table. */
  void remnant(DatabaseTable.Remnant remnant) {
    context
        .tables()
        .destroyTable(
            new TableRef(
                remnant.table(),
                remnant.name(),
                TableRoute.physical(List.of()),
                RegionWalOptions.NONE));
    forget(remnant.name(), remnant.table());
  }

  private void forget(TableName name, TableId table) {
    context
        .caches()
        .invalidate(
            "Invalidate table cache by dropping table",
            List.of(
                new CacheIdent.OfTableName(name.catalog(), name.schema(), name.table()),
                new CacheIdent.OfTableId(table)));
  }
}
