package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.flow.FlowInfo;

/** JSON of {@link FlowInfo}. */
public final class FlowInfoCodec implements ValueCodec<FlowInfo> {

  /** The only one. */
  public static final FlowInfoCodec CODEC = new FlowInfoCodec();

  private FlowInfoCodec() {}

  @Override
  public FlowInfo read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, FlowInfo value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
