package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TimeToLive;
import java.util.Optional;
import java.util.SequencedMap;

/** What is stored of schemas (sheet 03 §3.2); very old stores hold {@code null}. */
public final class SchemaOptionsCodec implements ValueCodec<SchemaOptions> {

  /** The only one. */
  public static final SchemaOptionsCodec CODEC = new SchemaOptionsCodec();

  private SchemaOptionsCodec() {}

  @Override
  public SchemaOptions read(JsonValue json) {
    if (json instanceof JsonValue.Null) {
      return SchemaOptions.none();
    }
    Members members = Members.of(json);
    Optional<TimeToLive> ttl = members.find("ttl").map(TableOptionsCodec::readTtl);
    SequencedMap<String, String> extra = members.texts("extra_options");
    return Members.valid(() -> new SchemaOptions(ttl, extra, members.unknown()));
  }

  @Override
  public void write(JsonWriter out, SchemaOptions value) {
    out.beginObject();
    TableOptionsCodec.writeTtl(out, value.ttl());
    Members.writeTexts(out, "extra_options", value.extraOptions());
    Members.write(out, value.unknown());
    out.endObject();
  }
}
