package io.metasrv.application.ddl.alter;

import com.google.protobuf.ByteString;
import io.metasrv.protocol.v1.AddColumn;
import io.metasrv.protocol.v1.AddColumnLocation;
import io.metasrv.protocol.v1.AddColumns;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.DropColumn;
import io.metasrv.protocol.v1.DropColumns;
import io.metasrv.protocol.v1.ModifyColumnType;
import io.metasrv.protocol.v1.ModifyColumnTypes;
import io.metasrv.protocol.v1.Option;
import io.metasrv.protocol.v1.RenameTable;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.SetDefault;
import io.metasrv.protocol.v1.SetDefaults;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetIndexes;
import io.metasrv.protocol.v1.SetTableOptions;
import io.metasrv.protocol.v1.UnsetTableOptions;
import java.util.List;

/** ALTER TABLE statements as frontends send them (sheet 06 §20). */
final class Requests {

  private Requests() {}

  static AlterTableExpr.Builder table() {
    return AlterTableExpr.newBuilder()
        .setCatalogName("greptime")
        .setSchemaName("public")
        .setTableName("t");
  }

  static ColumnDef.Builder column(String name, ColumnDataType type, SemanticType semantic) {
    return ColumnDef.newBuilder()
        .setName(name)
        .setDataType(type)
        .setIsNullable(true)
        .setSemanticType(semantic);
  }

  static AddColumn.Builder add(ColumnDef.Builder column) {
    return AddColumn.newBuilder().setColumnDef(column);
  }

  static AddColumn.Builder addFirst(ColumnDef.Builder column) {
    return add(column)
        .setLocation(
            AddColumnLocation.newBuilder().setLocationType(AddColumnLocation.LocationType.FIRST));
  }

  static AddColumn.Builder addAfter(ColumnDef.Builder column, String anchor) {
    return add(column)
        .setLocation(
            AddColumnLocation.newBuilder()
                .setLocationType(AddColumnLocation.LocationType.AFTER)
                .setAfterColumnName(anchor));
  }

  static AlterTableExpr add(AddColumn.Builder... columns) {
    AddColumns.Builder all = AddColumns.newBuilder();
    for (AddColumn.Builder column : columns) {
      all.addAddColumns(column);
    }
    return table().setAddColumns(all).build();
  }

  static AlterTableExpr drop(String... names) {
    DropColumns.Builder all = DropColumns.newBuilder();
    for (String name : names) {
      all.addDropColumns(DropColumn.newBuilder().setName(name));
    }
    return table().setDropColumns(all).build();
  }

  static AlterTableExpr modify(String column, ColumnDataType type) {
    return table()
        .setModifyColumnTypes(
            ModifyColumnTypes.newBuilder()
                .addModifyColumnTypes(
                    ModifyColumnType.newBuilder().setColumnName(column).setTargetType(type)))
        .build();
  }

  static AlterTableExpr set(String key, String value) {
    return table()
        .setSetTableOptions(
            SetTableOptions.newBuilder()
                .addTableOptions(Option.newBuilder().setKey(key).setValue(value)))
        .build();
  }

  static AlterTableExpr unset(String... keys) {
    return table()
        .setUnsetTableOptions(UnsetTableOptions.newBuilder().addAllKeys(List.of(keys)))
        .build();
  }

  static AlterTableExpr index(SetIndex.Builder... indexes) {
    SetIndexes.Builder all = SetIndexes.newBuilder();
    for (SetIndex.Builder index : indexes) {
      all.addSetIndexes(index);
    }
    return table().setSetIndexes(all).build();
  }

  static AlterTableExpr rename(String name) {
    return table().setRenameTable(RenameTable.newBuilder().setNewTableName(name)).build();
  }

  static AlterTableExpr setDefault(String column, String json) {
    return table()
        .setSetDefaults(
            SetDefaults.newBuilder()
                .addSetDefaults(
                    SetDefault.newBuilder()
                        .setColumnName(column)
                        .setDefaultConstraint(ByteString.copyFromUtf8(json))))
        .build();
  }
}
