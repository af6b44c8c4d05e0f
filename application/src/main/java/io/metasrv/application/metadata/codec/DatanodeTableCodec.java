package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.DatanodeTable;

/** JSON of {@link DatanodeTable}. */
public final class DatanodeTableCodec implements ValueCodec<DatanodeTable> {

  /** The only one. */
  public static final DatanodeTableCodec CODEC = new DatanodeTableCodec();

  private DatanodeTableCodec() {}

  @Override
  public DatanodeTable read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, DatanodeTable value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
