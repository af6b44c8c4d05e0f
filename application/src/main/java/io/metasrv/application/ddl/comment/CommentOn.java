package io.metasrv.application.ddl.comment;

import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableName;
import java.util.Optional;

/**
 * A comment to set or to remove.
 *
 * @param target what it is about
 * @param text empty: it is removed
 */
public record CommentOn(CommentTarget target, Optional<String> text) {

  private enum ObjectType {
    TABLE,
    COLUMN,
    FLOW
  }

  /** Writes its members of a procedure's state. */
  void writeMembers(JsonWriter out) {
    switch (target) {
      case CommentTarget.Table(TableName name) ->
          write(out, name.catalog(), name.schema(), ObjectType.TABLE, name.table());
      case CommentTarget.Column(TableName name, String ignored) ->
          write(out, name.catalog(), name.schema(), ObjectType.COLUMN, name.table());
      case CommentTarget.Flow(String catalog, String schema, String name) ->
          write(out, catalog, schema, ObjectType.FLOW, name);
    }
    optional(out.name("column_name"), column());
    optional(out.name("comment"), text);
  }

  private static void write(
      JsonWriter out, String catalog, String schema, ObjectType type, String name) {
    out.member("catalog_name", catalog)
        .member("schema_name", schema)
        .member("object_type", StateNames.text(type))
        .member("object_name", name);
  }

  private static void optional(JsonWriter out, Optional<String> value) {
    value.ifPresentOrElse(out::value, out::nullValue);
  }

  private Optional<String> column() {
    return target instanceof CommentTarget.Column(TableName ignored, String column)
        ? Optional.of(column)
        : Optional.empty();
  }

  /** Reads the members of a procedure's state. */
  static CommentOn read(JsonValue.Object data) {
    String catalog = data.text("catalog_name");
    String schema = data.text("schema_name");
    String name = data.text("object_name");
    CommentTarget target =
        switch (StateNames.of(data.text("object_type"), ObjectType.values())) {
          case TABLE -> new CommentTarget.Table(new TableName(catalog, schema, name));
          case COLUMN ->
              new CommentTarget.Column(
                  new TableName(catalog, schema, name), data.text("column_name"));
          case FLOW -> new CommentTarget.Flow(catalog, schema, name);
        };
    return new CommentOn(target, data.find("comment").map(JsonValue::asText));
  }
}
