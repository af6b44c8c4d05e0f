package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.DataType;

/** JSON of {@link DataType}. */
public final class DataTypeCodec implements ValueCodec<DataType> {

  /** The only one. */
  public static final DataTypeCodec CODEC = new DataTypeCodec();

  private DataTypeCodec() {}

  @Override
  public DataType read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, DataType value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
