package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.ColumnSchema;

/** JSON of {@link ColumnSchema}. */
public final class ColumnSchemaCodec implements ValueCodec<ColumnSchema> {

  /** The only one. */
  public static final ColumnSchemaCodec CODEC = new ColumnSchemaCodec();

  private ColumnSchemaCodec() {}

  @Override
  public ColumnSchema read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, ColumnSchema value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
