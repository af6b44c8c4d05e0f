package io.metasrv.application.heartbeat.codec;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.GcStat;

/** The request extension {@code __gc_stat} (sheet 04 §10.1). */
public final class GcStatCodec {

  /** Name of the extension. */
  public static final String EXTENSION = "__gc_stat";

  private GcStatCodec() {}

  /** Reads the extension. */
  public static GcStat decode(ByteString json) {
    return read(JsonValue.parse(Bytes.wrap(json.toByteArray())));
  }

  static GcStat read(JsonValue json) {
    JsonObject object = json.object();
    return new GcStat(
        object.get("running_gc_tasks").unsigned32(), object.get("gc_concurrency").unsigned32());
  }
}
