package io.metasrv.application.ddl.alterlogical;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.alter.AlterExpressions;
import io.metasrv.application.ddl.alter.AppliedInfos;
import io.metasrv.application.ddl.alter.StoredJson;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.metadata.InfoUpdate;
import io.metasrv.application.metadata.Stored;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.table.LogicalColumns;
import io.metasrv.domain.table.RegionColumns;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.alter.Alterations;
import io.metasrv.domain.table.alter.TableAlteration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The metadata of one ALTER of logical tables, computed once. Not thread-safe. */
final class LogicalUpdate {

  private static final Alterations ALTERATIONS = new Alterations(StoredJson.TEXTS);

  private final DdlContext context;
  private Optional<List<InfoUpdate>> computed = Optional.empty();

  LogicalUpdate(DdlContext context) {
    this.context = context;
  }

  /**
   * Computes the infos of the logical tables after the change, one for each table.
   *
   * @throws io.metasrv.domain.error.ServiceException if a table cannot be altered so
   */
  List<InfoUpdate> compute(AlterLogicalData data) {
    Instant now = context.runtime().wallClock();
    SequencedMap<TableId, InfoUpdate> updates = new LinkedHashMap<>();
    for (int i = 0; i < data.tasks().size(); i++) {
      Stored<TableInfoValue> stored = data.before().get(i);
      TableAlteration.AddColumns columns =
          AlterExpressions.addColumns(data.tasks().get(i).getAlterTable().getAddColumns());
      updates.compute(
          stored.value().info().tableId(),
          (table, earlier) -> {
            TableInfo info = earlier == null ? stored.value().info() : earlier.changed();
            TableInfo altered = ALTERATIONS.applyLogical(info, columns, now);
            return new InfoUpdate(stored, LogicalColumns.sorted(altered));
          });
    }
    computed = Optional.of(List.copyOf(updates.values()));
    return computed.get();
  }

  /**
   * Writes the physical table's info, if its columns were returned, then those of the logical
   * tables; what an earlier run wrote is left as it is.
   */
  void write(AlterLogicalData data) {
    if (!data.physicalColumns().isEmpty()) {
      writePhysical(data);
    }
    List<InfoUpdate> updates = computed.orElseGet(() -> compute(data));
    AppliedInfos applied =
        AppliedInfos.read(
            context.tables(), updates.stream().map(each -> each.changed().tableId()).toList());
    context
        .tables()
        .updateTableInfos(
            updates.stream()
                .filter(each -> !applied.holds(each.current(), each.changed()))
                .toList());
  }

  private void writePhysical(AlterLogicalData data) {
    Stored<TableInfoValue> before = physicalBefore(data);
    RegionDistribution distribution =
        context
            .tables()
            .routes()
            .distribution(data.physicalTable())
            .orElseThrow(() -> DdlErrors.tableRouteNotFound(data.physicalTable()));
    TableInfo after = RegionColumns.physical(before.value().info(), data.physicalColumns());
    context.tables().updateTableInfo(before, Optional.of(distribution), after);
  }

  private static Stored<TableInfoValue> physicalBefore(AlterLogicalData data) {
    return data.physicalBefore()
        .orElseThrow(() -> DdlErrors.tableInfoNotFound("physical table - " + data.physicalTable()));
  }

  /** What nodes must forget: each logical table, last the physical one. */
  static List<CacheIdent> caches(AlterLogicalData data) {
    List<CacheIdent> caches = new ArrayList<>();
    data.before().forEach(stored -> add(caches, stored.value().info()));
    add(caches, physicalBefore(data).value().info());
    return caches;
  }

  private static void add(List<CacheIdent> caches, TableInfo info) {
    caches.add(new CacheIdent.OfTableId(info.tableId()));
    caches.add(new CacheIdent.OfTableName(info.catalogName(), info.schemaName(), info.name()));
  }

  /** The physical table, also when only its cache identifiers are left. */
  static TableId physicalTable(AlterLogicalData data) {
    TableId last = data.physicalTable();
    if (!data.tasks().isEmpty()) {
      return last;
    }
    for (CacheIdent cache : data.caches()) {
      if (cache instanceof CacheIdent.OfTableId(TableId table)) {
        last = table;
      }
    }
    return last;
  }
}
