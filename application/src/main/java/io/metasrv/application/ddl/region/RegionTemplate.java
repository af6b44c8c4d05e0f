package io.metasrv.application.ddl.region;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.CreateTableExpr;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.meta.Partition;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionColumnDef;
import io.metasrv.protocol.v1.region.RegionRequirements;
import java.util.List;
import java.util.Map;

/** What the requests for all regions of a new table have in common (sheet 06 §5.1). Immutable. */
public final class RegionTemplate {

  private final CreateRequest common;

  private RegionTemplate(CreateRequest common) {
    this.common = common;
  }

  /**
   * That of a table with regions of its own.
   *
   * @throws io.metasrv.domain.error.ServiceException PrimaryKeyNotFound if the key names a column
   *     that is not there
   */
  public static RegionTemplate of(CreateTableExpr table) {
    List<ColumnDef> columns = table.getColumnDefsList();
    List<String> names = columns.stream().map(ColumnDef::getName).toList();
    CreateRequest.Builder common =
        begin(table.getEngine(), table.getCatalogName(), table.getSchemaName());
    for (int i = 0; i < columns.size(); i++) {
      ColumnDef column = columns.get(i);
      common.addColumnDefs(
          RegionColumnDef.newBuilder()
              .setColumnId(i)
              .setColumnDef(
                  column.toBuilder().setSemanticType(semantic(column, table)).clearComment()));
    }
    for (String key : table.getPrimaryKeysList()) {
      int id = names.indexOf(key);
      if (id < 0) {
        throw DdlErrors.primaryKeyNotFound(key);
      }
      common.addPrimaryKey(id);
    }
    return new RegionTemplate(common.putAllOptions(table.getTableOptionsMap()).build());
  }

  /** That of a logical table. */
  public static RegionTemplate ofLogical(TableInfo table) {
    List<ColumnSchema> columns = table.meta().schema().columns();
    CreateRequest.Builder common =
        begin(table.meta().engine(), table.catalogName(), table.schemaName());
    for (int i = 0; i < columns.size(); i++) {
      common.addColumnDefs(
          RegionColumnDef.newBuilder()
              .setColumnId(i)
              .setColumnDef(
                  ColumnDefs.of(
                      columns.get(i),
                      semantic(columns.get(i), table.meta().primaryKeyIndices().contains(i)))));
    }
    return new RegionTemplate(
        common
            .addAllPrimaryKey(table.meta().primaryKeyIndices())
            .putAllOptions(table.meta().options().toRegionOptions())
            .build());
  }

  /**
   * The request for one region.
   *
   * @param partitionExpr JSON text of its rule; empty if there is none
   * @param options beside or instead of those of the table
   */
  public CreateRequest region(RegionId region, String partitionExpr, Map<String, String> options) {
    return common.toBuilder()
        .setRegionId(region.value())
        .setPartition(Partition.newBuilder().setExpression(partitionExpr))
        .putAllOptions(options)
        .build();
  }

  private static CreateRequest.Builder begin(String engine, String catalog, String schema) {
    return CreateRequest.newBuilder()
        .setEngine(engine)
        .setPath(catalog + "/" + schema)
        .setRequirements(RegionRequirements.getDefaultInstance());
  }

  private static SemanticType semantic(ColumnDef column, CreateTableExpr table) {
    if (column.getName().equals(table.getTimeIndex())) {
      return SemanticType.TIMESTAMP;
    }
    return table.getPrimaryKeysList().contains(column.getName())
        ? SemanticType.TAG
        : SemanticType.FIELD;
  }

  private static io.metasrv.domain.table.SemanticType semantic(
      ColumnSchema column, boolean primaryKey) {
    if (column.timeIndex()) {
      return io.metasrv.domain.table.SemanticType.TIMESTAMP;
    }
    return primaryKey
        ? io.metasrv.domain.table.SemanticType.TAG
        : io.metasrv.domain.table.SemanticType.FIELD;
  }
}
