package io.metasrv.application.ddl.droptable;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.DropTableExpr;
import io.metasrv.protocol.v1.meta.DropTableTask;

/**
 * A table to drop (sheet 06 §2).
 *
 * @param name its name
 * @param table its id, as the frontend knows it
 * @param dropIfExists whether a missing table is fine
 */
public record DropTask(TableName name, TableId table, boolean dropIfExists) {

  /**
   * That of a message.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if a part is missing
   */
  public static DropTask of(DropTableTask task) {
    if (!task.hasDropTable()) {
      throw DdlErrors.invalidProto("expected drop table");
    }
    DropTableExpr expr = task.getDropTable();
    if (!expr.hasTableId()) {
      throw DdlErrors.invalidProto("expected table_id");
    }
    return new DropTask(
        new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getTableName()),
        new TableId(Integer.toUnsignedLong(expr.getTableId().getId())),
        expr.getDropIfExists());
  }

  void write(JsonWriter out) {
    out.beginObject()
        .member("catalog", name.catalog())
        .member("schema", name.schema())
        .member("table", name.table())
        .member("table_id", table.value())
        .member("drop_if_exists", dropIfExists)
        .endObject();
  }

  static DropTask read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new DropTask(
        new TableName(object.text("catalog"), object.text("schema"), object.text("table")),
        DdlJson.readTableId(object.require("table_id")),
        object.boolOr("drop_if_exists", false));
  }
}
