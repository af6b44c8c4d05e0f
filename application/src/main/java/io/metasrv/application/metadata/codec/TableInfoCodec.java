package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableInfo;

/** JSON of {@link TableInfo}. */
public final class TableInfoCodec implements ValueCodec<TableInfo> {

  /** The only one. */
  public static final TableInfoCodec CODEC = new TableInfoCodec();

  private TableInfoCodec() {}

  @Override
  public TableInfo read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TableInfo value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
