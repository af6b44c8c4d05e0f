package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonObject;
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
                  out.name("timestamp_millis").signed(lease.timestampMillis());
                  out.name("node_addr").string(lease.address());
                  out.name("workloads");
                  WorkloadsCodec.writeTagged(out, lease.workloads());
                }));
  }

  /** Reads the JSON; all members are required. */
  public static LeaseValue decode(Bytes json) {
    JsonObject object = JsonValue.parse(json).object();
    return new LeaseValue(
        object.get("timestamp_millis").signed(),
        object.get("node_addr").text(),
        WorkloadsCodec.readTagged(object.get("workloads")));
  }
}
