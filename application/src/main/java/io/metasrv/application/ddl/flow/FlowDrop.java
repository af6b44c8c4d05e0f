package io.metasrv.application.ddl.flow;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;

/**
 * A flow to drop.
 *
 * @param catalog its catalog
 * @param name its name
 * @param flowId its id, as the frontend knows it; unsigned 32 bits
 * @param ifExists whether it may be missing
 */
public record FlowDrop(String catalog, String name, long flowId, boolean ifExists) {

  /** {@code catalog.flow}. */
  String fullName() {
    return catalog + "." + name;
  }

  /** Writes the form inside a procedure's state. */
  void write(JsonWriter out) {
    out.beginObject()
        .member("catalog_name", catalog)
        .member("flow_name", name)
        .member("flow_id", flowId)
        .member("drop_if_exists", ifExists)
        .endObject();
  }

  /** Reads the form inside a procedure's state. */
  static FlowDrop read(JsonValue json) {
    JsonValue.Object task = json.asObject();
    return new FlowDrop(
        task.text("catalog_name"),
        task.text("flow_name"),
        task.require("flow_id").asUnsigned32(),
        task.boolOr("drop_if_exists", false));
  }
}
