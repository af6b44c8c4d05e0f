package io.metasrv.nodes.region;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.AddColumnLocation;
import io.metasrv.protocol.v1.ModifyColumnType;
import io.metasrv.protocol.v1.Option;
import io.metasrv.protocol.v1.region.AddColumn;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.DropColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What an alter request makes of a region. Pure. */
final class RegionAlteration {

  private RegionAlteration() {}

  /**
   * @throws ServiceException if the region cannot be altered so; nothing changed then
   */
  static RegionContent apply(RegionContent region, AlterRequest request) {
    return switch (request.getKindCase()) {
      case ADD_COLUMNS -> addColumns(region, request.getAddColumns().getAddColumnsList());
      case DROP_COLUMNS -> dropColumns(region, request.getDropColumns().getDropColumnsList());
      case MODIFY_COLUMN_TYPES ->
          modifyTypes(region, request.getModifyColumnTypes().getModifyColumnTypesList());
      case SET_TABLE_OPTIONS ->
          setOptions(region, request.getSetTableOptions().getTableOptionsList());
      case UNSET_TABLE_OPTIONS ->
          unsetOptions(region, request.getUnsetTableOptions().getKeysList());
      case SET_INDEX -> IndexAlteration.set(region, List.of(request.getSetIndex()));
      case SET_INDEXES -> IndexAlteration.set(region, request.getSetIndexes().getSetIndexesList());
      case UNSET_INDEX -> IndexAlteration.unset(region, List.of(request.getUnsetIndex()));
      case UNSET_INDEXES ->
          IndexAlteration.unset(region, request.getUnsetIndexes().getUnsetIndexesList());
      case DROP_DEFAULTS -> dropDefaults(region, request);
      case SET_DEFAULTS -> setDefaults(region, request);
      case SYNC_COLUMNS -> syncColumns(region, request);
      case KIND_NOT_SET -> throw RegionErrors.invalid("Alter request without kind");
    };
  }

  /** The id after the highest one that no engine reserved. */
  static long nextColumnId(List<ColumnMetadata> columns) {
    return columns.stream()
            .mapToLong(ColumnMetadata::columnId)
            .filter(id -> id < ColumnMetadata.FIRST_RESERVED_ID)
            .max()
            .orElse(-1)
        + 1;
  }

  /** The region with one column changed. */
  static RegionContent withColumn(
      RegionContent region, String name, UnaryOperator<ColumnMetadata> change) {
    if (region.column(name).isEmpty()) {
      throw columnNotFound(name);
    }
    List<ColumnMetadata> columns =
        region.columns().stream()
            .map(column -> column.name().equals(name) ? change.apply(column) : column)
            .toList();
    return new RegionContent(
        region.engine(),
        region.path(),
        columns,
        region.primaryKey(),
        region.schemaVersion(),
        region.partitionExpression(),
        region.options(),
        region.physicalRegion(),
        region.data(),
        region.metadata());
  }

  /** The same columns as one new schema version. */
  static RegionContent published(RegionContent region) {
    return region.withColumns(region.columns(), region.primaryKey());
  }

  private static ServiceException columnNotFound(String name) {
    return new ServiceException(
        StatusCode.TABLE_COLUMN_NOT_FOUND, "Column " + name + " not found in the region");
  }

  private static RegionContent addColumns(RegionContent region, List<AddColumn> additions) {
    List<ColumnMetadata> columns = new ArrayList<>(region.columns());
    List<Long> key = new ArrayList<>(region.primaryKey());
    boolean changed = false;
    for (AddColumn addition : additions) {
      ColumnMetadata column = Columns.of(addition.getColumnDef());
      if (column.isTimeIndex()) {
        throw RegionErrors.invalid("Column " + column.name() + ": a time index cannot be added");
      }
      if (region.column(column.name()).isPresent()) {
        // Repeated by a caller that did not see the first answer.
        continue;
      }
      ColumnMetadata added =
          region.isLogical() ? column.withColumnId(nextColumnId(columns)) : column;
      insert(columns, added, addition);
      if (added.isTag()) {
        key.add(added.columnId());
      }
      changed = true;
    }
    return changed ? region.withColumns(columns, key) : region;
  }

  private static void insert(
      List<ColumnMetadata> columns, ColumnMetadata column, AddColumn addition) {
    if (!addition.hasLocation()) {
      columns.add(column);
      return;
    }
    if (addition.getLocation().getLocationType() == AddColumnLocation.LocationType.FIRST) {
      columns.addFirst(column);
      return;
    }
    String after = addition.getLocation().getAfterColumnName();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(after)) {
        columns.add(i + 1, column);
        return;
      }
    }
    throw columnNotFound(after);
  }

  private static RegionContent dropColumns(RegionContent region, List<DropColumn> drops) {
    List<ColumnMetadata> columns = new ArrayList<>(region.columns());
    for (DropColumn drop : drops) {
      ColumnMetadata column = region.column(drop.getName()).orElse(null);
      if (column == null) {
        continue;
      }
      if (column.isTag() || column.isTimeIndex()) {
        throw RegionErrors.invalid(
            "Column " + column.name() + " is a " + column.semanticType() + ": cannot be dropped");
      }
      columns.remove(column);
    }
    return columns.size() == region.columns().size()
        ? region
        : region.withColumns(columns, region.primaryKey());
  }

  private static RegionContent modifyTypes(RegionContent region, List<ModifyColumnType> changes) {
    RegionContent result = region;
    for (ModifyColumnType change : changes) {
      String type = ColumnTypes.toJson(change.getTargetType(), change.getTargetTypeExtension());
      result = withColumn(result, change.getColumnName(), column -> column.withDataType(type));
    }
    return published(result);
  }

  private static RegionContent setOptions(RegionContent region, List<Option> options) {
    Map<String, String> changed = new TreeMap<>(region.options());
    options.forEach(option -> changed.put(option.getKey(), option.getValue()));
    return region.withOptions(changed);
  }

  private static RegionContent unsetOptions(RegionContent region, List<String> keys) {
    Map<String, String> changed = new TreeMap<>(region.options());
    keys.forEach(changed::remove);
    return region.withOptions(changed);
  }

  private static RegionContent dropDefaults(RegionContent region, AlterRequest request) {
    RegionContent result = region;
    for (var drop : request.getDropDefaults().getDropDefaultsList()) {
      result = withColumn(result, drop.getColumnName(), column -> column.withDefault("null"));
    }
    return published(result);
  }

  private static RegionContent setDefaults(RegionContent region, AlterRequest request) {
    RegionContent result = region;
    for (var set : request.getSetDefaults().getSetDefaultsList()) {
      String json = set.getDefaultConstraint().toStringUtf8();
      result = withColumn(result, set.getColumnName(), column -> column.withDefault(json));
    }
    return published(result);
  }

  private static RegionContent syncColumns(RegionContent region, AlterRequest request) {
    List<ColumnMetadata> columns = Columns.of(request.getSyncColumns().getColumnDefsList());
    List<Long> key =
        columns.stream().filter(ColumnMetadata::isTag).map(ColumnMetadata::columnId).toList();
    return region.withColumns(columns, key);
  }
}
