package io.metasrv.tests.ddl;

import com.google.protobuf.InvalidProtocolBufferException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * How the original listed its procedures after the recorded calls. They had been made twice, the
 * second time on other names; this is about the first time.
 */
final class RecordedListing {

  private static final String SECOND = "_r2";
  // The second time, flows, tables and regions had other ids.
  private static final List<String> IDS_OF_SECOND =
      List.of(
          "__flow_lock/1025",
          "__table_lock/1027",
          "__table_lock/1028",
          "__table_lock/1029",
          "__region_lock/4415226380288");

  private RecordedListing() {}

  /** Procedures up to the truncation, the last one before the listing was asked for. */
  static List<String> untilTruncation() {
    List<ProcedureMeta> all = firstTime();
    long truncation =
        all.stream()
            .filter(each -> each.getTypeName().endsWith("::TruncateTable"))
            .findFirst()
            .orElseThrow()
            .getStartTimeMs();
    return texts(all.stream().filter(each -> each.getStartTimeMs() <= truncation).toList());
  }

  /** All of them but the move of a region. */
  static List<String> withoutMigration() {
    return texts(
        firstTime().stream()
            .filter(each -> !each.getTypeName().endsWith("::RegionMigration"))
            .toList());
  }

  private static List<String> texts(List<ProcedureMeta> procedures) {
    return procedures.stream().map(RecordedSession::text).sorted().toList();
  }

  private static List<ProcedureMeta> firstTime() {
    return all().stream()
        .filter(
            each ->
                each.getLockKeysList().stream()
                    .noneMatch(
                        lock ->
                            lock.contains(SECOND)
                                || IDS_OF_SECOND.stream().anyMatch(lock::contains)))
        .sorted(Comparator.comparingLong(ProcedureMeta::getStartTimeMs))
        .toList();
  }

  private static List<ProcedureMeta> all() {
    JsonValue.Object call =
        JsonReader.read(Golden.text("grpc/etcd_leader_follower.json")).asArray().stream()
            .map(JsonValue::asObject)
            .filter(each -> each.text("call").equals("ProcDetails"))
            .filter(each -> each.text("target").equals("leader"))
            .findFirst()
            .orElseThrow();
    try {
      return ProcedureDetailResponse.parseFrom(HexFormat.of().parseHex(call.text("response_hex")))
          .getProceduresList();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the recorded listing is not one", e);
    }
  }
}
