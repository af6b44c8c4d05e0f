package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;

/** What names of flows lead to: {@code {"flow_id":1024}} (sheet 03 §3.11). */
public final class FlowIdCodec implements ValueCodec<Long> {

  /** The only one. */
  public static final FlowIdCodec CODEC = new FlowIdCodec();

  private FlowIdCodec() {}

  @Override
  public Long read(JsonValue json) {
    return json.asObject().require("flow_id").asUnsigned32();
  }

  @Override
  public void write(JsonWriter out, Long flowId) {
    out.beginObject().unsignedMember("flow_id", flowId).endObject();
  }
}
