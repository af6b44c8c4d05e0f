package io.metasrv.application.admin;

import io.metasrv.application.cluster.LeaderMemoryReader;
import io.metasrv.application.heartbeat.codec.LeaseValueCodec;
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
    return JsonWriter.text(out -> out.array(all(DatanodeLeaseKey.PREFIX), NodeReports::lease));
  }

  private static void lease(JsonWriter out, KeyValue lease) {
    long lastSeen = LeaseValueCodec.decode(lease.value()).timestampMillis();
    out.object(
        () -> {
          out.name("name")
              .object(
                  () -> out.name("node_id").unsigned(DatanodeLeaseKey.parse(lease.key()).nodeId()));
          out.name("human_time").string(humanTime(lastSeen));
          out.name("lease").raw(lease.value());
        });
  }

  String heartbeats(Optional<String> address) {
    List<KeyValue> wanted =
        all(DatanodeStatKey.PREFIX).stream()
            .filter(stats -> address.isEmpty() || isOf(address.get(), stats.value()))
            .toList();
    return JsonWriter.text(out -> out.array(wanted, (json, stats) -> json.raw(stats.value())));
  }

  private static boolean isOf(String address, Bytes stats) {
    return JsonValue.parse(stats).items().stream()
        .anyMatch(snapshot -> snapshot.object().textOr("addr", "").equals(address));
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
