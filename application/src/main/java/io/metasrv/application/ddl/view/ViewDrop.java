package io.metasrv.application.ddl.view;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;

/**
 * A view to drop.
 *
 * @param name its name
 * @param view its id, as the frontend knows it
 * @param ifExists whether it may be missing
 */
public record ViewDrop(TableName name, TableId view, boolean ifExists) {

  /** Writes the form inside a procedure's state. */
  void write(JsonWriter out) {
    out.beginObject()
        .member("catalog", name.catalog())
        .member("schema", name.schema())
        .member("view", name.table())
        .member("view_id", view.value())
        .member("drop_if_exists", ifExists)
        .endObject();
  }

  /** Reads the form inside a procedure's state. */
  static ViewDrop read(JsonValue json) {
    JsonValue.Object task = json.asObject();
    return new ViewDrop(
        new TableName(task.text("catalog"), task.text("schema"), task.text("view")),
        DdlJson.readTableId(task.require("view_id")),
        task.boolOr("drop_if_exists", false));
  }
}
