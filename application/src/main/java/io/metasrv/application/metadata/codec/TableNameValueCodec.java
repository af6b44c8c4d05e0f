package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableNameValue;

/** What names of tables lead to: {@code {"table_id":1024}} (sheet 03 §3.3). */
public final class TableNameValueCodec implements ValueCodec<TableNameValue> {

  /** The only one. */
  public static final TableNameValueCodec CODEC = new TableNameValueCodec();

  private TableNameValueCodec() {}

  @Override
  public TableNameValue read(JsonValue json) {
    Members members = Members.of(json);
    return new TableNameValue(members.table("table_id"), members.unknown());
  }

  @Override
  public void write(JsonWriter out, TableNameValue value) {
    out.beginObject().member("table_id", value.tableId().value());
    Members.write(out, value.unknown());
    out.endObject();
  }
}
