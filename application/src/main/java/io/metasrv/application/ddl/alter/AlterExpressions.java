package io.metasrv.application.ddl.alter;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.wire.ColumnTypes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.alter.OptionRules;
import io.metasrv.domain.table.alter.TableAlteration;
import io.metasrv.domain.table.alter.TableAlteration.Addition;
import io.metasrv.domain.table.alter.TableAlteration.Location;
import io.metasrv.domain.table.alter.TableAlteration.SetDefault;
import io.metasrv.domain.table.alter.TableAlteration.TypeChange;
import io.metasrv.protocol.v1.AddColumn;
import io.metasrv.protocol.v1.AddColumnLocation;
import io.metasrv.protocol.v1.AddColumns;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.DropColumn;
import io.metasrv.protocol.v1.DropDefault;
import io.metasrv.protocol.v1.ModifyColumnTypes;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.SetDefaults;
import java.util.List;

/** Requests to alter a table, as the wire has them (sheet 06 §10). */
public final class AlterExpressions {

  private AlterExpressions() {}

  /**
   * What the request asks for.
   *
   * @throws ServiceException if it asks for nothing, for what is done elsewhere, or for what cannot
   *     be understood
   */
  public static TableAlteration fromWire(AlterTableExpr request) {
    return switch (request.getKindCase()) {
      case ADD_COLUMNS -> addColumns(request.getAddColumns());
      case DROP_COLUMNS ->
          new TableAlteration.DropColumns(
              request.getDropColumns().getDropColumnsList().stream()
                  .map(DropColumn::getName)
                  .toList());
      case MODIFY_COLUMN_TYPES -> modifyTypes(request.getModifyColumnTypes());
      case RENAME_TABLE -> new TableAlteration.Rename(request.getRenameTable().getNewTableName());
      case SET_TABLE_OPTIONS ->
          new TableAlteration.ChangeOptions(
              request.getSetTableOptions().getTableOptionsList().stream()
                  .map(option -> OptionRules.set(option.getKey(), option.getValue()))
                  .toList());
      case UNSET_TABLE_OPTIONS ->
          new TableAlteration.ChangeOptions(
              request.getUnsetTableOptions().getKeysList().stream()
                  .map(OptionRules::unset)
                  .toList());
      case SET_INDEX -> IndexExpressions.set(List.of(request.getSetIndex()));
      case SET_INDEXES -> IndexExpressions.set(request.getSetIndexes().getSetIndexesList());
      case UNSET_INDEX -> IndexExpressions.unset(List.of(request.getUnsetIndex()));
      case UNSET_INDEXES -> IndexExpressions.unset(request.getUnsetIndexes().getUnsetIndexesList());
      case DROP_DEFAULTS ->
          new TableAlteration.DropDefaults(
              request.getDropDefaults().getDropDefaultsList().stream()
                  .map(DropDefault::getColumnName)
                  .toList());
      case SET_DEFAULTS -> setDefaults(request.getSetDefaults());
      case REPARTITION ->
          throw DdlErrors.unexpected(
              "Repartition operation should be handled through DdlManager, not as ALTER TABLE");
      case KIND_NOT_SET -> throw DdlErrors.unexpected("'kind' is absent");
    };
  }

  /**
   * New columns.
   *
   * @throws ServiceException (InvalidArguments) if one cannot be understood
   */
  public static TableAlteration.AddColumns addColumns(AddColumns request) {
    return new TableAlteration.AddColumns(
        request.getAddColumnsList().stream().map(AlterExpressions::addition).toList());
  }

  private static Addition addition(AddColumn request) {
    if (!request.hasColumnDef()) {
      throw ServiceException.invalidArguments("Missing required field: column_def");
    }
    return new Addition(
        ColumnDefinitions.fromWire(request.getColumnDef()),
        request.getColumnDef().getSemanticType() == SemanticType.TAG,
        location(request),
        request.getAddIfNotExists());
  }

  private static Location location(AddColumn request) {
    if (!request.hasLocation()) {
      return new Location.Last();
    }
    AddColumnLocation location = request.getLocation();
    return switch (location.getLocationType()) {
      case FIRST -> new Location.First();
      case AFTER -> new Location.After(location.getAfterColumnName());
      case UNRECOGNIZED ->
          throw ServiceException.invalidArguments(
              "Unknown location of column " + request.getColumnDef().getName());
    };
  }

  private static TableAlteration modifyTypes(ModifyColumnTypes request) {
    return new TableAlteration.ModifyTypes(
        request.getModifyColumnTypesList().stream()
            .map(
                change ->
                    new TypeChange(
                        change.getColumnName(),
                        ColumnTypes.fromWire(
                            change.getTargetType(), change.getTargetTypeExtension())))
            .toList());
  }

  private static TableAlteration setDefaults(SetDefaults request) {
    return new TableAlteration.SetDefaults(
        request.getSetDefaultsList().stream()
            .map(
                set ->
                    new SetDefault(
                        set.getColumnName(),
                        DefaultExpressions.read(
                            set.getColumnName(), set.getDefaultConstraint().toStringUtf8())))
            .toList());
  }
}
