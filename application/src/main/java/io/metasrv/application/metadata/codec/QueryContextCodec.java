package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Maps;
import io.metasrv.domain.flow.QueryContext;
import java.util.SequencedMap;

/**
 * Sessions as JSON (sheet 03 §12.2). Both shapes are read: that of stored flows and the shorter one
 * of procedures' states.
 */
public final class QueryContextCodec implements ValueCodec<QueryContext> {

  /** The only one. */
  public static final QueryContextCodec CODEC = new QueryContextCodec();

  private QueryContextCodec() {}

  @Override
  public QueryContext read(JsonValue json) {
    Members members = Members.of(json);
    boolean shorter = members.find("catalog").isPresent();
    String catalog = members.text(shorter ? "catalog" : "current_catalog");
    String schema = members.text(shorter ? "schema" : "current_schema");
    return new QueryContext(
        catalog,
        schema,
        members.text("timezone"),
        shorter ? members.texts("extensions") : members.requireTexts("extensions"),
        channel(shorter ? members.unsignedOr("channel", 0) : members.unsigned("channel")),
        numbers(members, "snapshot_seqs"),
        numbers(members, "sst_min_sequences"),
        members.unknown());
  }

  private static int channel(long number) {
    if (number >>> 8 != 0) {
      throw new JsonFormatException("expected a channel in 0..255, found " + number);
    }
    return (int) number;
  }

  private static SequencedMap<Long, Long> numbers(Members members, String name) {
    return members
        .find(name)
        .map(json -> Members.byNumber(json, JsonValue::asUnsigned))
        .orElse(Maps.empty());
  }

  @Override
  public void write(JsonWriter out, QueryContext value) {
    out.beginObject()
        .member("current_catalog", value.currentCatalog())
        .member("current_schema", value.currentSchema());
    writeRest(out, value);
  }

  /** Writes the shape of procedures' states. */
  public void writeShorter(JsonWriter out, QueryContext value) {
    out.beginObject()
        .member("catalog", value.currentCatalog())
        .member("schema", value.currentSchema());
    writeRest(out, value);
  }

  private static void writeRest(JsonWriter out, QueryContext value) {
    out.member("timezone", value.timezone());
    Members.writeTexts(out, "extensions", value.extensions());
    out.member("channel", value.channel());
    writeNumbers(out, "snapshot_seqs", value.snapshotSeqs());
    writeNumbers(out, "sst_min_sequences", value.sstMinSequences());
    Members.write(out, value.unknown());
    out.endObject();
  }

  private static void writeNumbers(JsonWriter out, String name, SequencedMap<Long, Long> numbers) {
    out.name(name).beginObject();
    numbers.forEach((key, value) -> out.unsignedMember(Long.toUnsignedString(key), value));
    out.endObject();
  }
}
