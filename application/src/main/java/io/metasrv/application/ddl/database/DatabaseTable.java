package io.metasrv.application.ddl.database;

import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableName;
import java.util.List;

/** What DROP DATABASE finds behind a name. */
sealed interface DatabaseTable {

  /** Its name. */
  TableName name();

  /** Its id. */
  TableId table();

  /** A view. */
  record View(TableName name, TableId table) implements DatabaseTable {}

  /**
   * A table.
   *
   * @param regions of the table that holds its rows
   * @param target the kind it is of
   */
  record Regions(
      TableName name, TableId table, List<RegionRoute> regions, DropDatabaseState.Target target)
      implements DatabaseTable {
    public Regions {
      regions = List.copyOf(regions);
    }
  }

  /**
   * Keys that lead to no regions: the rest of something that was not dropped or created to the end.
   *
   * @param missing what is not there, for the log
   */
  record Remnant(TableName name, TableId table, String missing) implements DatabaseTable {}
}
