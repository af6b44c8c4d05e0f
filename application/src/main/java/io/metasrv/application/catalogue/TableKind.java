package io.metasrv.application.catalogue;

import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableType;
import java.util.Optional;

/** What a table is, in the words of operators. */
enum TableKind {
  /** A table with regions of its own. */
  BASE("base"),
  /** A table of the metric engine that holds the rows of logical ones. */
  METRIC_PHYSICAL("metric physical"),
  /** A table of the metric engine whose rows are in the regions of another. */
  METRIC_LOGICAL("metric logical"),
  /** A stored query. */
  VIEW("view"),
  /** Of a session. */
  TEMPORARY("temporary"),
  /** Its info cannot be read. */
  UNKNOWN("unknown");

  private static final String METRIC_ENGINE = "metric";
  private static final String ON_PHYSICAL_TABLE = "on_physical_table";

  private final String text;

  TableKind(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }

  /** By what could be read of it. */
  static TableKind of(Optional<TableInfo> info, Optional<TableRoute> route) {
    if (route.isPresent() && route.get() instanceof TableRoute.Logical) {
      return METRIC_LOGICAL;
    }
    return info.map(TableKind::of).orElse(UNKNOWN);
  }

  private static TableKind of(TableInfo info) {
    if (info.type() != TableType.BASE) {
      return info.type() == TableType.VIEW ? VIEW : TEMPORARY;
    }
    if (!info.meta().engine().equals(METRIC_ENGINE)) {
      return BASE;
    }
    return info.meta().options().extraOptions().containsKey(ON_PHYSICAL_TABLE)
        ? METRIC_LOGICAL
        : METRIC_PHYSICAL;
  }
}
