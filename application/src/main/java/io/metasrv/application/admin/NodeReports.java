package io.metasrv.application.admin;

import io.metasrv.application.cluster.LeaderMemoryReader;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.DatanodeLeaseKey;
import io.metasrv.domain.key.DatanodeStatKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Datanode leases and statistics as operators get them (sheet 09 §3.1, §3.2): the values in the
 * leader's memory, put into arrays as they are. Thread-safe.
 */
final class NodeReports {

  private static final DateTimeFormatter WHOLE_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private final LeaderMemoryReader memory;

  NodeReports(LeaderMemoryReader memory) {
    this.memory = memory;
  }

  String nodeLeases() {
    JsonWriter json = new JsonWriter().beginArray();
    for (KeyValue lease : all(DatanodeLeaseKey.PREFIX)) {
      String value = lease.value().toUtf8();
      json.beginObject()
          .name("name")
          .beginObject()
          .unsignedMember("node_id", DatanodeLeaseKey.parse(lease.key()).nodeId())
          .endObject()
          .member(
              "human_time", humanTime(JsonReader.read(value).asObject().number("timestamp_millis")))
          .name("lease")
          .raw(value)
          .endObject();
    }
    return json.endArray().toText();
  }

  String heartbeats(Optional<String> address) {
    JsonWriter json = new JsonWriter().beginArray();
    for (KeyValue stats : all(DatanodeStatKey.PREFIX)) {
      String value = stats.value().toUtf8();
      if (address.isEmpty() || isOf(address.get(), value)) {
        json.raw(value);
      }
    }
    return json.endArray().toText();
  }

  private static boolean isOf(String address, String stats) {
    return JsonReader.read(stats).asArray().stream()
        .map(JsonValue::asObject)
        .anyMatch(snapshot -> snapshot.text("addr").equals(address));
  }

  private List<KeyValue> all(Bytes prefix) {
    return memory.range(KeyRange.prefix(prefix), RangeOptions.ALL).kvs();
  }

  /** In UTC, because that is what the reference shows unless a process setting says otherwise. */
  static String humanTime(long epochMillis) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
    return (time.getNano() == 0 ? WHOLE_SECONDS : MILLISECONDS).format(time);
  }
}
