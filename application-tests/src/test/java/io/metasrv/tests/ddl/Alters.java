package io.metasrv.tests.ddl;

import io.metasrv.protocol.v1.AddColumn;
import io.metasrv.protocol.v1.AddColumns;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.DropColumn;
import io.metasrv.protocol.v1.DropColumns;
import io.metasrv.protocol.v1.Option;
import io.metasrv.protocol.v1.RenameTable;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.SetTableOptions;
import io.metasrv.protocol.v1.meta.AlterTableTask;

/** Tasks that alter tables, as frontends send them (sheet 06 §20). */
final class Alters {

  private Alters() {}

  private static AlterTableExpr.Builder table(String name) {
    return AlterTableExpr.newBuilder()
        .setCatalogName(DdlWorld.CATALOG)
        .setSchemaName(DdlWorld.SCHEMA)
        .setTableName(name);
  }

  private static AlterTableTask task(AlterTableExpr.Builder request) {
    return AlterTableTask.newBuilder().setAlterTable(request).build();
  }

  /** A new value column. */
  static AlterTableTask addField(String table, String column) {
    return add(table, column, ColumnDataType.FLOAT64, SemanticType.FIELD);
  }

  /** A new label. */
  static AlterTableTask addTag(String table, String column) {
    return add(table, column, ColumnDataType.STRING, SemanticType.TAG);
  }

  private static AlterTableTask add(
      String table, String column, ColumnDataType type, SemanticType semantic) {
    return task(
        table(table)
            .setAddColumns(
                AddColumns.newBuilder()
                    .addAddColumns(
                        AddColumn.newBuilder()
                            .setAddIfNotExists(true)
                            .setColumnDef(
                                ColumnDef.newBuilder()
                                    .setName(column)
                                    .setDataType(type)
                                    .setIsNullable(true)
                                    .setSemanticType(semantic)))));
  }

  static AlterTableTask drop(String table, String column) {
    return task(
        table(table)
            .setDropColumns(
                DropColumns.newBuilder().addDropColumns(DropColumn.newBuilder().setName(column))));
  }

  static AlterTableTask set(String table, String key, String value) {
    return task(
        table(table)
            .setSetTableOptions(
                SetTableOptions.newBuilder()
                    .addTableOptions(Option.newBuilder().setKey(key).setValue(value))));
  }

  static AlterTableTask rename(String table, String newName) {
    return task(table(table).setRenameTable(RenameTable.newBuilder().setNewTableName(newName)));
  }
}
