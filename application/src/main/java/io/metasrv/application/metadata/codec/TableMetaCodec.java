package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableMeta;
import java.time.Instant;
import java.util.List;

/** What tables are made of, as JSON (sheet 03 §5.2, §5.3). */
public final class TableMetaCodec implements ValueCodec<TableMeta> {

  /** The only one. */
  public static final TableMetaCodec CODEC = new TableMetaCodec();

  private TableMetaCodec() {}

  @Override
  public TableMeta read(JsonValue json) {
    Members members = Members.of(json);
    Instant createdOn = Times.read(members.require("created_on"));
    return new TableMeta(
        readSchema(members.require("schema")),
        members.requireList("primary_key_indices", JsonValue::asInt),
        members.requireList("value_indices", JsonValue::asInt),
        members.text("engine"),
        members.unsigned32("next_column_id"),
        TableOptionsCodec.CODEC.read(members.require("options")),
        createdOn,
        members.find("updated_on").map(Times::read).orElse(createdOn),
        members.list("partition_key_indices", JsonValue::asInt),
        members.list("column_ids", JsonValue::asUnsigned32),
        members.unknown());
  }

  private static Schema readSchema(JsonValue json) {
    Members members = Members.of(json);
    List<ColumnSchema> columns =
        members.requireList("column_schemas", ColumnSchemaCodec.CODEC::read);
    long version = members.unsigned32("version");
    return Members.valid(() -> new Schema(columns, version, members.unknown()));
  }

  @Override
  public void write(JsonWriter out, TableMeta meta) {
    out.beginObject().name("schema");
    writeSchema(out, meta.schema());
    writeIndices(out, "primary_key_indices", meta.primaryKeyIndices());
    writeIndices(out, "value_indices", meta.valueIndices());
    out.member("engine", meta.engine())
        .member("next_column_id", meta.nextColumnId())
        .name("options");
    TableOptionsCodec.CODEC.write(out, meta.options());
    out.member("created_on", Times.text(meta.createdOn()))
        .member("updated_on", Times.text(meta.updatedOn()));
    writeIndices(out, "partition_key_indices", meta.partitionKeyIndices());
    out.name("column_ids").array(meta.columnIds(), JsonWriter::value);
    Members.write(out, meta.unknown());
    out.endObject();
  }

  private static void writeSchema(JsonWriter out, Schema schema) {
    out.beginObject()
        .name("column_schemas")
        .array(schema.columns(), ColumnSchemaCodec.CODEC::write);
    out.member("version", schema.version());
    Members.write(out, schema.unknown());
    out.endObject();
  }

  private static void writeIndices(JsonWriter out, String name, List<Integer> indices) {
    out.name(name).array(indices, (writer, index) -> writer.value(index.longValue()));
  }
}
