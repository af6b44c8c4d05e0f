package io.metasrv.application.metadata;

import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import java.util.List;
import java.util.SequencedMap;

/**
 * A change of where the regions of a physical table are.
 *
 * @param table the table
 * @param current its route as read
 * @param regionInfo how its regions are opened now
 * @param newRoutes where they shall be
 * @param newOptions options of its regions, as they shall be
 * @param newWalOptions WAL options of its regions, as they shall be
 */
public record RouteUpdate(
    TableId table,
    Stored<TableRoute> current,
    DatanodeTable.RegionInfo regionInfo,
    List<RegionRoute> newRoutes,
    SequencedMap<String, String> newOptions,
    RegionWalOptions newWalOptions) {
  public RouteUpdate {
    newRoutes = List.copyOf(newRoutes);
  }
}
