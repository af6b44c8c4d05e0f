package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.wal.TopicPruned;

/** What is stored of topics (sheet 03 §3.10); version 0.12 stored nothing, which means 0. */
public final class TopicPrunedCodec implements ValueCodec<TopicPruned> {

  /** The only one. */
  public static final TopicPrunedCodec CODEC = new TopicPrunedCodec();

  private TopicPrunedCodec() {}

  @Override
  public TopicPruned decode(Bytes key, Bytes stored) {
    return stored.isEmpty() ? TopicPruned.NEVER : ValueCodec.super.decode(key, stored);
  }

  @Override
  public TopicPruned read(JsonValue json) {
    Members members = Members.of(json);
    return new TopicPruned(members.unsigned("pruned_entry_id"), members.unknown());
  }

  @Override
  public void write(JsonWriter out, TopicPruned value) {
    out.beginObject().unsignedMember("pruned_entry_id", value.prunedEntryId());
    Members.write(out, value.unknown());
    out.endObject();
  }
}
