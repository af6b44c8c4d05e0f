package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableRepart;

/** JSON of {@link TableRepart}. */
public final class TableRepartCodec implements ValueCodec<TableRepart> {

  /** The only one. */
  public static final TableRepartCodec CODEC = new TableRepartCodec();

  private TableRepartCodec() {}

  @Override
  public TableRepart read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TableRepart value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
