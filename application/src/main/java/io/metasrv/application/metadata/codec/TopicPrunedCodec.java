package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.wal.TopicPruned;

/** JSON of {@link TopicPruned}. */
public final class TopicPrunedCodec implements ValueCodec<TopicPruned> {

  /** The only one. */
  public static final TopicPrunedCodec CODEC = new TopicPrunedCodec();

  private TopicPrunedCodec() {}

  @Override
  public TopicPruned read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, TopicPruned value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
