package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.Workloads;
import java.util.Map;

/**
 * Workloads, bare ({@code {"types":[0]}}) where the role is known, or tagged by role ({@code
 * {"Datanode":{"types":[0]}}}).
 */
final class WorkloadsCodec {

  private WorkloadsCodec() {}

  static void write(JsonWriter out, Workloads workloads) {
    out.object(
        () ->
            out.name("types")
                .array(workloads.types(), (writer, type) -> writer.value((long) type)));
  }

  static void writeTagged(JsonWriter out, Workloads workloads) {
    out.object(
        () -> {
          out.name(workloads.role().displayName());
          write(out, workloads);
        });
  }

  static Workloads read(NodeRole role, JsonValue json) {
    return new Workloads(
        role, json.asObject().require("types").asArray().stream().map(JsonValue::asInt).toList());
  }

  /** For values of older versions that lack the member: the default of the role is no type. */
  static Workloads readOptional(NodeRole role, JsonValue.Object json, String name) {
    return json.find(name)
        .map(member -> read(role, member))
        .orElseGet(() -> Workloads.defaultsOf(role));
  }

  static Workloads readTagged(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    for (NodeRole role : NodeRole.values()) {
      if (role != NodeRole.METASRV && role.displayName().equals(tagged.getKey())) {
        return read(role, tagged.getValue());
      }
    }
    throw new JsonFormatException(
        "unknown variant `"
            + tagged.getKey()
            + "`, expected one of `Datanode`, `Frontend`, `Flownode`");
  }
}
