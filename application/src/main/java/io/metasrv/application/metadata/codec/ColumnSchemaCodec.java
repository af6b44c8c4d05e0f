package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.ColumnDefault;
import io.metasrv.domain.table.ColumnSchema;
import java.util.Map;
import java.util.Optional;

/** Columns as JSON (sheet 03 §5.4). */
public final class ColumnSchemaCodec implements ValueCodec<ColumnSchema> {

  /** The only one. */
  public static final ColumnSchemaCodec CODEC = new ColumnSchemaCodec();

  private ColumnSchemaCodec() {}

  @Override
  public ColumnSchema read(JsonValue json) {
    Members members = Members.of(json);
    return new ColumnSchema(
        members.text("name"),
        DataTypeCodec.CODEC.read(members.require("data_type")),
        members.bool("is_nullable"),
        members.bool("is_time_index"),
        members.find("default_constraint").map(ColumnSchemaCodec::readDefault),
        members.requireTexts("metadata"),
        members.unknown());
  }

  /**
   * Reads a default; also the text that column definitions carry on the wire.
   *
   * @throws io.metasrv.application.json.JsonFormatException if it is none
   */
  public static ColumnDefault readDefault(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    return switch (tagged.getKey()) {
      case "Function" -> new ColumnDefault.Function(tagged.getValue().asText());
      case "Value" -> new ColumnDefault.Value(Members.text(tagged.getValue()));
      default -> new ColumnDefault.Foreign(Members.text(json));
    };
  }

  /** Writes a default. */
  public static void writeDefault(JsonWriter out, ColumnDefault value) {
    switch (value) {
      case ColumnDefault.Function(String expression) ->
          out.beginObject().member("Function", expression).endObject();
      case ColumnDefault.Value(String json) ->
          out.beginObject().name("Value").raw(json).endObject();
      case ColumnDefault.Foreign(String json) -> out.raw(json);
    }
  }

  @Override
  public void write(JsonWriter out, ColumnSchema column) {
    out.beginObject().member("name", column.name()).name("data_type");
    DataTypeCodec.CODEC.write(out, column.dataType());
    out.member("is_nullable", column.nullable())
        .member("is_time_index", column.timeIndex())
        .name("default_constraint");
    Optional<ColumnDefault> value = column.defaultConstraint();
    value.ifPresentOrElse(each -> writeDefault(out, each), out::nullValue);
    Members.writeTexts(out, "metadata", column.metadata());
    Members.write(out, column.unknown());
    out.endObject();
  }
}
