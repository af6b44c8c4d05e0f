package io.metasrv.application.heartbeat.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.FlowReport;
import io.metasrv.domain.heartbeat.GcStat;
import io.metasrv.domain.heartbeat.LeaseValue;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.heartbeat.RegionManifest;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.heartbeat.RegionStatistic;
import io.metasrv.domain.heartbeat.TopicStat;
import io.metasrv.domain.heartbeat.Workloads;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatJsonTest {

  private static final String STAT =
      "[{\"timestamp_millis\":1700000000000,\"id\":1,\"addr\":\"10.0.0.1:3001\",\"rcus\":0,\"wcus\":0,"
          + "\"region_num\":1,\"region_stats\":[{\"id\":4398046511105,\"rcus\":0,\"wcus\":0,"
          + "\"approximate_bytes\":4096,\"engine\":\"mito\",\"role\":\"Leader\",\"num_rows\":10,"
          + "\"memtable_size\":256,\"manifest_size\":1024,\"sst_size\":2048,\"sst_num\":1,"
          + "\"index_size\":0,\"region_manifest\":{\"Mito\":{\"manifest_version\":3,"
          + "\"flushed_entry_id\":7,\"file_removed_cnt\":0}},\"written_bytes\":300,"
          + "\"data_topic_latest_entry_id\":0,\"metadata_topic_latest_entry_id\":0}],"
          + "\"topic_stats\":[{\"topic\":\"t0\",\"latest_entry_id\":9,\"record_size\":10,"
          + "\"record_num\":1}],\"node_epoch\":1699999990000,"
          + "\"datanode_workloads\":{\"types\":[0]},"
          + "\"gc_stat\":{\"running_gc_tasks\":0,\"gc_concurrency\":4}}]";

  @Test
  @DisplayName("sheet 04 §10.3: the example of a datanode's statistics survives")
  void stat() {
    assertThat(DatanodeStatCodec.encode(DatanodeStatCodec.decode(Bytes.utf8(STAT))).toUtf8())
        .isEqualTo(STAT);
    String withoutGc =
        STAT.replace(",\"gc_stat\":{\"running_gc_tasks\":0,\"gc_concurrency\":4}", "");
    assertThat(DatanodeStatCodec.decode(Bytes.utf8(withoutGc)).getFirst().gc()).isEmpty();
    assertThatThrownBy(
            () ->
                DatanodeStatCodec.decode(
                    Bytes.utf8(STAT.replace("\"node_epoch\":1699999990000,", ""))))
        .isInstanceOf(MetasrvException.class)
        .hasMessageContaining("node_epoch");
  }

  @Test
  @DisplayName("sheet 04 §10.4-10.5: the examples of lease and node info survive")
  void leaseAndNodeInfo() {
    String lease =
        "{\"timestamp_millis\":1700000000000,\"node_addr\":\"10.0.0.1:3001\","
            + "\"workloads\":{\"Datanode\":{\"types\":[0]}}}";
    String info =
        "{\"peer\":{\"id\":1,\"addr\":\"10.0.0.1:3001\"},\"last_activity_ts\":1700000000000,"
            + "\"status\":{\"Datanode\":{\"rcus\":0,\"wcus\":0,\"leader_regions\":1,"
            + "\"follower_regions\":0,\"workloads\":{\"types\":[0]}}},\"version\":\"1.1.4\","
            + "\"git_commit\":\"abcdef12\",\"start_time_ms\":1699999990000,"
            + "\"total_cpu_millicores\":8000,\"total_memory_bytes\":16000000000,"
            + "\"cpu_usage_millicores\":500,\"memory_usage_bytes\":900000000,"
            + "\"hostname\":\"dn-1\",\"env_vars\":{\"AZ\":\"us-east-1a\"}}";

    assertThat(LeaseValueCodec.encode(LeaseValueCodec.decode(Bytes.utf8(lease))).toUtf8())
        .isEqualTo(lease);
    assertThat(NodeInfoCodec.encode(NodeInfoCodec.decode(Bytes.utf8(info))).toUtf8())
        .isEqualTo(info);
  }

  @Test
  @DisplayName("sheet 04 case 26: what older versions did not write has defaults")
  void olderNodeInfo() {
    NodeInfo info =
        NodeInfoCodec.decode(
            Bytes.utf8(
                "{\"peer\":{\"id\":1,\"addr\":\"a\"},\"last_activity_ts\":5,"
                    + "\"status\":{\"Flownode\":{}},\"version\":\"v\",\"git_commit\":\"c\","
                    + "\"start_time_ms\":6}"));

    assertThat(info.status())
        .isEqualTo(new NodeStatus.Flownode(Workloads.defaultsOf(NodeRole.FLOWNODE)));
    assertThat(info.resources()).isEqualTo(NodeInfo.Resources.UNKNOWN);
    assertThat(info.hostname()).isEmpty();
    assertThat(info.environment()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Standalone\"",
        "{\"Metasrv\":{\"is_leader\":true}}",
        "{\"Frontend\":{\"workloads\":{\"types\":[]}}}",
        "{\"Flownode\":{\"workloads\":{\"types\":[3]}}}",
      })
  void givenAStatus_thenItSurvives(String status) {
    String info =
        "{\"peer\":{\"id\":18446744073709551615,\"addr\":\"a\"},\"last_activity_ts\":-1,\"status\":"
            + status
            + ",\"version\":\"\",\"git_commit\":\"\",\"start_time_ms\":18446744073709551615,"
            + "\"total_cpu_millicores\":0,\"total_memory_bytes\":0,\"cpu_usage_millicores\":0,"
            + "\"memory_usage_bytes\":0,\"hostname\":\"h\\u0001é😀/\\\"\",\"env_vars\":{}}";

    assertThat(NodeInfoCodec.encode(NodeInfoCodec.decode(Bytes.utf8(info))).toUtf8())
        .isEqualTo(info);
  }

  @ParameterizedTest
  @DisplayName("sheet 01 §5.2: the examples of a region's statistics")
  @ValueSource(booleans = {true, false})
  void regionStatistic(boolean metric) {
    String mito =
        "{\"Mito\":{\"manifest_version\":3,\"flushed_entry_id\":7,\"file_removed_cnt\":0}}";
    String metricManifest =
        "{\"Metric\":{\"data_manifest_version\":3,\"data_flushed_entry_id\":7,"
            + "\"metadata_manifest_version\":2,\"metadata_flushed_entry_id\":5}}";
    RegionStatistic read =
        read(
            "{\"num_rows\":10,\"memtable_size\":1024,\"wal_size\":0,\"manifest_size\":300,"
                + "\"sst_size\":2048,\"sst_num\":1,\"index_size\":0,\"manifest\":"
                + (metric ? metricManifest : mito)
                + ",\"written_bytes\":4096,\"data_topic_latest_entry_id\":0,"
                + "\"metadata_topic_latest_entry_id\":18446744073709551615,\"later\":[{}]}");

    RegionManifest manifest =
        metric ? new RegionManifest.Metric(3, 7, 2, 5) : new RegionManifest.Mito(3, 7, 0);
    assertThat(read)
        .isEqualTo(new RegionStatistic(10, 1024, 300, 2048, 1, 0, manifest, 4096, 0, -1));
  }

  @Test
  void givenOnlyTheRequiredMembers_thenTheRestIsZeroAndNothingStaysFromTheRegionBefore() {
    RegionStatisticReader reader = new RegionStatisticReader();
    reader.read(
        ByteString.copyFromUtf8(
            "{\"num_rows\":10,\"memtable_size\":1,\"wal_size\":1,\"manifest_size\":1,\"sst_size\":1,"
                + "\"sst_num\":1,\"index_size\":9,\"written_bytes\":9}"));

    assertThat(
            reader.read(
                ByteString.copyFromUtf8(
                    "{\"memtable_size\":1,\"wal_size\":2,\"manifest_size\":3,\"sst_size\":4,"
                        + "\"sst_num\":5}")))
        .isEqualTo(new RegionStatistic(0, 1, 3, 4, 5, 0, RegionManifest.NONE, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"memtable_size\":1",
        "{\"memtable_size\":-1,\"wal_size\":0,\"manifest_size\":0,\"sst_size\":0,\"sst_num\":0}",
        "{\"memtable_size\":1.5,\"wal_size\":0,\"manifest_size\":0,\"sst_size\":0,\"sst_num\":0}",
        "{\"memtable_size\":18446744073709551616,\"wal_size\":0,\"manifest_size\":0,\"sst_size\":0,"
            + "\"sst_num\":0}",
        "{\"memtable_size\":1,\"wal_size\":0,\"manifest_size\":0,\"sst_size\":0,\"sst_num\":0} x",
        "{\"memtable_size\":1,\"wal_size\":0,\"manifest_size\":0,\"sst_size\":0,\"sst_num\":0,"
            + "\"manifest\":{\"Mito\":{\"manifest_version\":1}}}",
      })
  void givenStatisticsThatCannotBeRead_thenTheReaderSaysSo(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonFormatException.class);
  }

  private static RegionStatistic read(String json) {
    return new RegionStatisticReader().read(ByteString.copyFromUtf8(json));
  }

  @Test
  void givenNodeAddressAndFlows_thenTheyAreWrittenAsRecorded() {
    assertThat(NodeAddressCodec.encode(new Peer(1, "127.0.0.1:24100")).toUtf8())
        .isEqualTo("{\"peer\":{\"id\":1,\"addr\":\"127.0.0.1:24100\"}}");
    assertThat(FlowReportCodec.encode(FlowReport.empty()).toUtf8())
        .isEqualTo("{\"state_size\":{},\"last_exec_time_map\":{}}");
    assertThat(FlowReportCodec.decode(Bytes.utf8("{\"state_size\":{\"7\":1}}")).stateSizes())
        .containsExactlyEntriesOf(new TreeMap<>(java.util.Map.of(7L, 1L)));
  }

  @Test
  void property_valuesSurviveTheirJson() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      DatanodeStat stat = randomStat(random);
      assertThat(DatanodeStatCodec.decode(DatanodeStatCodec.encode(List.of(stat, stat))))
          .as("seed %d", seed)
          .containsExactly(stat, stat);

      LeaseValue lease = new LeaseValue(random.nextLong(), text(random), stat.workloads());
      assertThat(LeaseValueCodec.decode(LeaseValueCodec.encode(lease)))
          .as("seed %d", seed)
          .isEqualTo(lease);

      TreeMap<Long, Long> flows = new TreeMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        flows.put(random.nextLong(1L << 32), random.nextLong());
      }
      FlowReport report = new FlowReport(flows, flows);
      assertThat(FlowReportCodec.decode(FlowReportCodec.encode(report)))
          .as("seed %d", seed)
          .isEqualTo(report);
    }
  }

  private static DatanodeStat randomStat(Random random) {
    List<RegionStat> regions =
        java.util.stream.IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> randomRegion(random))
            .toList();
    return new DatanodeStat(
        random.nextLong(),
        random.nextLong(),
        text(random),
        random.nextLong(),
        random.nextLong(),
        regions,
        List.of(
            new TopicStat(text(random), random.nextLong(), random.nextLong(), random.nextLong())),
        random.nextLong(),
        new Workloads(NodeRole.DATANODE, List.of(random.nextInt(), 0)),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new GcStat(random.nextLong(1L << 32), random.nextLong(1L << 32))));
  }

  private static RegionStat randomRegion(Random random) {
    RegionManifest manifest =
        random.nextBoolean()
            ? new RegionManifest.Mito(random.nextLong(), random.nextLong(), random.nextLong())
            : new RegionManifest.Metric(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    return new RegionStat(
        new RegionId(random.nextLong()),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        text(random),
        RegionRole.values()[random.nextInt(4)],
        new RegionStatistic(
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            manifest,
            random.nextLong(),
            random.nextLong(),
            random.nextLong()));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int point = random.nextInt(3) == 0 ? random.nextInt(0x20) : random.nextInt(0x1f700);
      text.appendCodePoint(Character.isDefined(point) && !isSurrogate(point) ? point : 'x');
    }
    return text.toString();
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
