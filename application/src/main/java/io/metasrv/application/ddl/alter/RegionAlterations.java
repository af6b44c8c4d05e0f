package io.metasrv.application.ddl.alter;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.protocol.v1.AddColumn;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.region.AddColumns;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.DropColumn;
import io.metasrv.protocol.v1.region.DropColumns;
import io.metasrv.protocol.v1.region.RegionColumnDef;

/** What regions are asked when their table is altered (sheet 06 §9). */
public final class RegionAlterations {

  private RegionAlterations() {}

  /**
   * The request to a region of a table.
   *
   * @param before the table before the change
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if regions have no part in it
   */
  public static AlterRequest physical(RegionId region, AlterTableExpr request, TableInfo before) {
    AlterRequest.Builder alter = AlterRequest.newBuilder().setRegionId(region.value());
    switch (request.getKindCase()) {
      case ADD_COLUMNS -> alter.setAddColumns(newColumns(request, before));
      case DROP_COLUMNS -> alter.setDropColumns(dropColumns(request));
      case MODIFY_COLUMN_TYPES -> alter.setModifyColumnTypes(request.getModifyColumnTypes());
      case SET_TABLE_OPTIONS -> alter.setSetTableOptions(request.getSetTableOptions());
      case UNSET_TABLE_OPTIONS -> alter.setUnsetTableOptions(request.getUnsetTableOptions());
      case SET_INDEX -> alter.setSetIndex(request.getSetIndex());
      case SET_INDEXES -> alter.setSetIndexes(request.getSetIndexes());
      case UNSET_INDEX -> alter.setUnsetIndex(request.getUnsetIndex());
      case UNSET_INDEXES -> alter.setUnsetIndexes(request.getUnsetIndexes());
      case DROP_DEFAULTS -> alter.setDropDefaults(request.getDropDefaults());
      case SET_DEFAULTS -> alter.setSetDefaults(request.getSetDefaults());
      case RENAME_TABLE, REPARTITION, KIND_NOT_SET ->
          throw DdlErrors.unexpected("regions have no part in " + request.getKindCase());
    }
    return alter.build();
  }

  /** Those columns that the table lacks, with the ids that follow its last. */
  private static AddColumns newColumns(AlterTableExpr request, TableInfo before) {
    AddColumns.Builder columns = AddColumns.newBuilder();
    long nextId = before.meta().nextColumnId();
    for (AddColumn column : request.getAddColumns().getAddColumnsList()) {
      if (before.meta().schema().indexOf(column.getColumnDef().getName()).isPresent()) {
        continue;
      }
      var added = columns.addAddColumnsBuilder();
      added.setColumnDef(
          RegionColumnDef.newBuilder()
              .setColumnDef(column.getColumnDef())
              .setColumnId((int) nextId));
      if (column.hasLocation()) {
        added.setLocation(column.getLocation());
      }
      nextId++;
    }
    return columns.build();
  }

  private static DropColumns dropColumns(AlterTableExpr request) {
    DropColumns.Builder columns = DropColumns.newBuilder();
    request
        .getDropColumns()
        .getDropColumnsList()
        .forEach(
            column -> columns.addDropColumns(DropColumn.newBuilder().setName(column.getName())));
    return columns.build();
  }

  /** The request to a logical region: columns only, ids and places are the engine's affair. */
  public static AlterRequest logical(RegionId region, io.metasrv.protocol.v1.AddColumns request) {
    AddColumns.Builder columns = AddColumns.newBuilder();
    for (AddColumn column : request.getAddColumnsList()) {
      columns
          .addAddColumnsBuilder()
          .setColumnDef(RegionColumnDef.newBuilder().setColumnDef(column.getColumnDef()));
    }
    return AlterRequest.newBuilder().setRegionId(region.value()).setAddColumns(columns).build();
  }
}
