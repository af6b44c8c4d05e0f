package io.metasrv.application.ddl.altertable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.alter.AlterExpressions;
import io.metasrv.application.ddl.alter.AppliedInfos;
import io.metasrv.application.ddl.region.TableColumnIds;
import io.metasrv.application.metadata.Stored;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.alter.Alterations;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of one ALTER TABLE: computed once, so that a repeated write is the same write. Not
 * thread-safe.
 */
final class TableUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(TableUpdate.class);

  private final DdlContext context;
  private final Alterations alterations;
  private Optional<TableInfo> computed = Optional.empty();

  TableUpdate(DdlContext context, Alterations alterations) {
    this.context = context;
    this.alterations = alterations;
  }

  /** The table before the change. */
  static Stored<TableInfoValue> before(AlterTableData data) {
    return data.before().orElseThrow(() -> DdlErrors.tableInfoNotFound(data.name().toString()));
  }

  /**
   * Computes the info after the change.
   *
   * @throws io.metasrv.domain.error.ServiceException if the table cannot be altered so
   */
  TableInfo compute(AlterTableData data) {
    TableInfo after =
        alterations.apply(
            before(data).value().info(),
            AlterExpressions.fromWire(data.request()),
            context.runtime().wallClock());
    computed = Optional.of(after);
    return after;
  }

  /**
   * Writes it, and what datanodes know of the options. Does nothing if an earlier run did, whose
   * time of update is another (sheet 06 §23).
   */
  void write(AlterTableData data) {
    Stored<TableInfoValue> before = before(data);
    TableInfo after =
        TableColumnIds.assigned(computed.orElseGet(() -> compute(data)), data.columns());
    if (AppliedInfos.read(context.tables(), List.of(data.table())).holds(before, after)) {
      LOG.info("The metadata of table {} were updated before", data.name());
      return;
    }
    context.tables().updateTableInfo(before, Optional.of(distribution(data)), after);
  }

  private RegionDistribution distribution(AlterTableData data) {
    return data.distribution()
        .or(() -> context.tables().routes().distribution(data.table()))
        .orElseThrow(() -> DdlErrors.tableRouteNotFound(data.table()));
  }
}
