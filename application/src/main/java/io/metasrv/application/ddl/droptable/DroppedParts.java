package io.metasrv.application.ddl.droptable;

import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.TableRef;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableName;
import java.util.List;

/**
 * What must be known of a table to drop it.
 *
 * @param name its name
 * @param table its id
 * @param physicalTable the table whose regions hold its rows; itself if it is physical
 * @param regions routes of the physical table
 * @param walOptions of its regions; none for a logical table
 */
public record DroppedParts(
    TableName name,
    TableId table,
    TableId physicalTable,
    List<RegionRoute> regions,
    RegionWalOptions walOptions) {

  public DroppedParts {
    regions = List.copyOf(regions);
  }

  /** Whether it has regions of its own. */
  public boolean isPhysical() {
    return table.equals(physicalTable);
  }

  /** The same with other routes, for example with current addresses. */
  public DroppedParts withRegions(List<RegionRoute> changed) {
    return new DroppedParts(name, table, physicalTable, changed, walOptions);
  }

  /** The dropped table's region behind a route. */
  public RegionId region(RegionRoute route) {
    return RegionId.of(table, route.id().regionNumber());
  }

  /** What its keys are found by. */
  public TableRef ref() {
    TableRoute route =
        isPhysical() ? TableRoute.physical(regions) : TableRoute.logical(physicalTable);
    return new TableRef(table, name, route, walOptions);
  }
}
