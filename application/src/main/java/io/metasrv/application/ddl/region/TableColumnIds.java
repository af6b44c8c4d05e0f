package io.metasrv.application.ddl.region;

import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.domain.table.RegionColumns;
import io.metasrv.domain.table.TableInfo;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the columns of an info the ids that regions reported (sheet 06 §10.3). Stateless. */
public final class TableColumnIds {

  private static final Logger LOG = LoggerFactory.getLogger(TableColumnIds.class);

  private TableColumnIds() {}

  /**
   * The info with the ids, or as it is, after a warning, if the names reported are not its own.
   *
   * @param reported by the regions; empty if they did not report
   */
  public static TableInfo assigned(TableInfo info, List<ColumnMetadata> reported) {
    if (reported.isEmpty()) {
      return info;
    }
    return RegionColumns.columnIds(info.meta().schema(), reported)
        .map(ids -> info.withMeta(info.meta().withColumnIds(ids)))
        .orElseGet(
            () -> {
              LOG.warn(
                  "The regions of table {} have other columns than its info; its column ids stay"
                      + " as they are. Reported: {}",
                  info.tableName(),
                  reported.stream().map(ColumnMetadata::name).toList());
              return info;
            });
  }
}
