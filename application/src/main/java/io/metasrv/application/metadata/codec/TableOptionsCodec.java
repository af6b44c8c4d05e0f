package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.ReadableSize;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TimeToLive;
import java.util.Optional;

/** Options of tables as JSON (sheet 03 §5.8). */
public final class TableOptionsCodec implements ValueCodec<TableOptions> {

  /** The only one. */
  public static final TableOptionsCodec CODEC = new TableOptionsCodec();

  private TableOptionsCodec() {}

  @Override
  public TableOptions read(JsonValue json) {
    Members members = Members.of(json);
    return new TableOptions(
        members.find("write_buffer_size").map(TableOptionsCodec::readSize),
        members.find("ttl").map(TableOptionsCodec::readTtl),
        members.boolOr("skip_wal", false),
        members.texts("extra_options"),
        members.unknown());
  }

  private static ReadableSize readSize(JsonValue json) {
    return json instanceof JsonValue.Text(String text)
        ? Members.valid(() -> ReadableSize.parse(text))
        : new ReadableSize(json.asUnsigned());
  }

  static TimeToLive readTtl(JsonValue json) {
    String text = json.asText();
    return Members.valid(() -> TimeToLive.ofStored(text));
  }

  static void writeTtl(JsonWriter out, Optional<TimeToLive> ttl) {
    Members.writeText(out, "ttl", ttl.map(TimeToLive::text));
  }

  @Override
  public void write(JsonWriter out, TableOptions options) {
    out.beginObject().name("write_buffer_size");
    options.writeBufferSize().ifPresentOrElse(size -> writeSize(out, size), out::nullValue);
    writeTtl(out, options.ttl());
    out.member("skip_wal", options.skipWal());
    Members.writeTexts(out, "extra_options", options.extraOptions());
    Members.write(out, options.unknown());
    out.endObject();
  }

  private static void writeSize(JsonWriter out, ReadableSize size) {
    if (size.isStoredAsText()) {
      out.value(size.storedText());
    } else {
      out.unsigned(size.bytes());
    }
  }
}
