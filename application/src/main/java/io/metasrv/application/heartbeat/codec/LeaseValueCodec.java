package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.LeaseValue;

/** Values of the lease keys (sheet 04 §10.4). */
public final class LeaseValueCodec {

  private LeaseValueCodec() {}

  /** The JSON. */
  public static Bytes encode(LeaseValue lease) {
    return JsonWriter.bytes(
        out ->
            out.object(
                () -> {
                  out.name("timestamp_millis").value(lease.timestampMillis());
                  out.name("node_addr").value(lease.address());
                  out.name("workloads");
                  WorkloadsCodec.writeTagged(out, lease.workloads());
                }));
  }

  /** Reads the JSON; all members are required. */
  public static LeaseValue decode(Bytes json) {
    return JsonReader.decode(json, document -> read(document.asObject()));
  }

  private static LeaseValue read(JsonValue.Object object) {
    return new LeaseValue(
        object.require("timestamp_millis").asLong(),
        object.require("node_addr").asText(),
        WorkloadsCodec.readTagged(object.require("workloads")));
  }
}
