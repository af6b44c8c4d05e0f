package io.metasrv.application.heartbeat.codec;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.heartbeat.GcStat;

/** The request extension {@code __gc_stat} (sheet 04 §10.1). */
public final class GcStatCodec {

  /** Name of the extension. */
  public static final String EXTENSION = "__gc_stat";

  private GcStatCodec() {}

  /** Reads the extension. */
  public static GcStat decode(ByteString json) {
    return JsonReader.decode(json.toStringUtf8(), GcStatCodec::read);
  }

  static GcStat read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new GcStat(
        object.require("running_gc_tasks").asUnsigned32(),
        object.require("gc_concurrency").asUnsigned32());
  }
}
