package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableInfoValue;

/** JSON of {@link TableInfoValue}. */
public final class TableInfoValueCodec implements ValueCodec<TableInfoValue> {

  /** The only one. */
  public static final TableInfoValueCodec CODEC = new TableInfoValueCodec();

  private TableInfoValueCodec() {}

  @Override
  public TableInfoValue read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TableInfoValue value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
