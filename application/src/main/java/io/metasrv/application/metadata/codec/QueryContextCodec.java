package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.flow.QueryContext;

/** JSON of {@link QueryContext}. */
public final class QueryContextCodec implements ValueCodec<QueryContext> {

  /** The only one. */
  public static final QueryContextCodec CODEC = new QueryContextCodec();

  private QueryContextCodec() {}

  @Override
  public QueryContext read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, QueryContext value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
