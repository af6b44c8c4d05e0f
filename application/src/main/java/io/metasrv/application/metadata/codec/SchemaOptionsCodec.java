package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.SchemaOptions;

/** JSON of {@link SchemaOptions}. */
public final class SchemaOptionsCodec implements ValueCodec<SchemaOptions> {

  /** The only one. */
  public static final SchemaOptionsCodec CODEC = new SchemaOptionsCodec();

  private SchemaOptionsCodec() {}

  @Override
  public SchemaOptions read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, SchemaOptions value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
