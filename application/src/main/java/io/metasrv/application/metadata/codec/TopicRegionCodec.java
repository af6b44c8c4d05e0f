package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.wal.TopicRegion;

/** JSON of {@link TopicRegion}. */
public final class TopicRegionCodec implements ValueCodec<TopicRegion> {

  /** The only one. */
  public static final TopicRegionCodec CODEC = new TopicRegionCodec();

  private TopicRegionCodec() {}

  @Override
  public TopicRegion read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TopicRegion value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
