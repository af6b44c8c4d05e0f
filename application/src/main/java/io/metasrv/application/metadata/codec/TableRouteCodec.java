package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.route.TableRoute;

/** JSON of {@link TableRoute}. */
public final class TableRouteCodec implements ValueCodec<TableRoute> {

  /** The only one. */
  public static final TableRouteCodec CODEC = new TableRouteCodec();

  private TableRouteCodec() {}

  @Override
  public TableRoute read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TableRoute value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
