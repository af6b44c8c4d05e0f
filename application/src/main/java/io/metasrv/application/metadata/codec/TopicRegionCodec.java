package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.wal.ReplayCheckpoint;
import io.metasrv.domain.wal.TopicRegion;

/** Regions in topics (sheet 03 §3.10). Nothing at all means: no checkpoint was recorded. */
public final class TopicRegionCodec implements ValueCodec<TopicRegion> {

  /** The only one. */
  public static final TopicRegionCodec CODEC = new TopicRegionCodec();

  private TopicRegionCodec() {}

  @Override
  public TopicRegion decode(Bytes key, Bytes stored) {
    return stored.isEmpty() ? TopicRegion.EMPTY : ValueCodec.super.decode(key, stored);
  }

  @Override
  public Bytes encode(TopicRegion value) {
    return value.equals(TopicRegion.EMPTY) ? Bytes.EMPTY : ValueCodec.super.encode(value);
  }

  @Override
  public TopicRegion read(JsonValue json) {
    Members members = Members.of(json);
    return new TopicRegion(
        members.find("checkpoint").map(TopicRegionCodec::readCheckpoint), members.unknown());
  }

  /** Reads a checkpoint. */
  public static ReplayCheckpoint readCheckpoint(JsonValue json) {
    Members members = Members.of(json);
    return new ReplayCheckpoint(
        members.unsignedOr("entry_id", 0),
        members.findUnsigned("metadata_entry_id"),
        members.unknown());
  }

  /** Writes a checkpoint. */
  public static void writeCheckpoint(JsonWriter out, ReplayCheckpoint checkpoint) {
    out.beginObject().unsignedMember("entry_id", checkpoint.entryId());
    checkpoint.metadataEntryId().ifPresent(id -> out.unsignedMember("metadata_entry_id", id));
    Members.write(out, checkpoint.unknown());
    out.endObject();
  }

  @Override
  public void write(JsonWriter out, TopicRegion value) {
    out.beginObject();
    value.checkpoint().ifPresent(each -> writeCheckpoint(out.name("checkpoint"), each));
    Members.write(out, value.unknown());
    out.endObject();
  }
}
