package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableNameValue;

/** JSON of {@link TableNameValue}. */
public final class TableNameValueCodec implements ValueCodec<TableNameValue> {

  /** The only one. */
  public static final TableNameValueCodec CODEC = new TableNameValueCodec();

  private TableNameValueCodec() {}

  @Override
  public TableNameValue read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TableNameValue value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
