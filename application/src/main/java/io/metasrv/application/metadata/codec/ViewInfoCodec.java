package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.ViewInfo;

/** JSON of {@link ViewInfo}. */
public final class ViewInfoCodec implements ValueCodec<ViewInfo> {

  /** The only one. */
  public static final ViewInfoCodec CODEC = new ViewInfoCodec();

  private ViewInfoCodec() {}

  @Override
  public ViewInfo read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, ViewInfo value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
