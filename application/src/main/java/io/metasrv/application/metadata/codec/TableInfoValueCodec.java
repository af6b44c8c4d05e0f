package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableInfoValue;

/** Stored infos of tables and views (sheet 03 §3.4). */
public final class TableInfoValueCodec implements ValueCodec<TableInfoValue> {

  /** The only one. */
  public static final TableInfoValueCodec CODEC = new TableInfoValueCodec();

  private TableInfoValueCodec() {}

  @Override
  public TableInfoValue read(JsonValue json) {
    Members members = Members.of(json);
    return new TableInfoValue(
        TableInfoCodec.CODEC.read(members.require("table_info")),
        members.unsigned("version"),
        members.unknown());
  }

  @Override
  public void write(JsonWriter out, TableInfoValue value) {
    TableInfoCodec.CODEC.write(out.beginObject().name("table_info"), value.info());
    out.unsignedMember("version", value.version());
    Members.write(out, value.unknown());
    out.endObject();
  }
}
