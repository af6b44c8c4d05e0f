package io.metasrv.application.heartbeat;

import static io.metasrv.application.heartbeat.LeaderFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.application.heartbeat.codec.DatanodeStatCodec;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.DatanodeStatKey;
import io.metasrv.protocol.v1.meta.DatanodeWorkloads;
import io.metasrv.protocol.v1.meta.FlowStat;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RegionRole;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NodesRememberedTest {

  private static final Bytes STATS = new DatanodeStatKey(1).toBytes();
  private static final Bytes LEASE = Bytes.utf8("__meta_datanode_lease-0-1");

  private final LeaderFixture metasrv = LeaderFixture.leading();

  @AfterEach
  void stop() throws InterruptedException {
    metasrv.close();
  }

  /** Sends and waits until it is answered; invalidations in between are passed over. */
  private static void exchange(NodeEnd node, HeartbeatRequest request) throws InterruptedException {
    long before = answers(node.responses());
    node.sends(request);
    int seen = node.responses().size();
    while (answers(node.responses()) <= before) {
      seen++;
      node.response(seen);
    }
  }

  private static long answers(List<HeartbeatResponse> responses) {
    return responses.stream().filter(response -> !response.hasMailboxMessage()).count();
  }

  private int statsWritten() {
    Bytes json = metasrv.term().memory().get(STATS).orElseThrow();
    return DatanodeStatCodec.decode(json).size();
  }

  private long lastWrittenEpoch() {
    Bytes json = metasrv.term().memory().get(STATS).orElseThrow();
    return DatanodeStatCodec.decode(json).getLast().nodeEpoch();
  }

  @Test
  @DisplayName("sheet 04 case 23: when statistics are written")
  void givenFactorThree_whenHeartbeatsCome_thenStatisticsAreWrittenAfterTheFirstAndEveryThird()
      throws InterruptedException {
    NodeEnd node = metasrv.connect();
    int[] expectedSizes = {1, 1, 1, 3, 3, 3, 3};
    long[] expectedAges = {0, 1, 2, 0, 1, 2, 0};
    for (int i = 0; i < expectedSizes.length; i++) {
      exchange(node, heartbeat(Role.DATANODE, 1).build());
      assertThat(statsWritten()).as("after heartbeat %d", i + 1).isEqualTo(expectedSizes[i]);
      long written = lastWrittenAt();
      long now = metasrv.runtime.wallClock().toEpochMilli();
      assertThat((now - written) / 3000)
          .as("age after heartbeat %d", i + 1)
          .isEqualTo(expectedAges[i]);
      metasrv.runtime.advance(Duration.ofSeconds(3));
    }

    exchange(node, heartbeat(Role.DATANODE, 1).setNodeEpoch(200).build());
    assertThat(statsWritten()).isEqualTo(1);
    assertThat(lastWrittenEpoch()).isEqualTo(200);

    exchange(node, heartbeat(Role.DATANODE, 1).setNodeEpoch(150).build());
    exchange(node, heartbeat(Role.DATANODE, 1).setNodeEpoch(150).build());
    exchange(node, heartbeat(Role.DATANODE, 1).setNodeEpoch(150).build());
    assertThat(lastWrittenEpoch()).isEqualTo(200);
  }

  private long lastWrittenAt() {
    Bytes json = metasrv.term().memory().get(STATS).orElseThrow();
    return DatanodeStatCodec.decode(json).getLast().timestampMillis();
  }

  @Test
  @DisplayName("sheet 04 case 24: the first heartbeat saves the address and tells everyone")
  void givenTheFirstHeartbeatOfADatanode_thenItsAddressIsSavedAndItsTablesAreAnnounced()
      throws InterruptedException {
    NodeEnd frontend = metasrv.connect(LeaderFixture.handshake(Role.FRONTEND, 0));
    NodeEnd flownode = metasrv.connect(LeaderFixture.handshake(Role.FLOWNODE, 3));
    frontend.response(1);
    flownode.response(1);
    NodeEnd datanode = metasrv.connect();
    HeartbeatRequest request =
        heartbeat(Role.DATANODE, 1)
            .addRegionStats(region(2, 0))
            .addRegionStats(region(1, 1))
            .addRegionStats(region(2, 1))
            .build();
    for (RegionStat region : request.getRegionStatsList()) {
      route(region.getRegionId());
    }
    exchange(datanode, request);

    String announced = "{\"InvalidateCaches\":[{\"TableId\":1},{\"TableId\":2}]}";
    assertThat(metasrv.stored("__node_address/0/1"))
        .contains("{\"peer\":{\"id\":1,\"addr\":\"127.0.0.1:24101\"}}");
    assertThat(frontend.response(2).getMailboxMessage().getJson()).isEqualTo(announced);
    assertThat(flownode.response(2).getMailboxMessage().getJson()).isEqualTo(announced);
    assertThat(datanode.responses().getFirst().getMailboxMessage().getJson()).isEqualTo(announced);

    metasrv.store("__node_address/0/1", "untouched");
    exchange(datanode, request);
    assertThat(metasrv.stored("__node_address/0/1")).contains("untouched");
    assertThat(frontend.responses()).hasSize(2);
  }

  private static RegionStat.Builder region(long table, long number) {
    return RegionStat.newBuilder().setRegionId(table << 32 | number).setEngine("mito");
  }

  private void route(long region) {
    long table = region >>> 32;
    metasrv.store(
        "__table_route/" + table,
        "{\"region_routes\":[0,1]}"
            .replace("0", regionRoute(table << 32))
            .replace(",1]", "," + regionRoute(table << 32 | 1) + "]"));
  }

  private static String regionRoute(long region) {
    return "{\"region\":{\"id\":\"R\"},\"leader_peer\":{\"id\":D},\"follower_peers\":[]}"
        .replace("R", Long.toString(region))
        .replace("D", "1");
  }

  @Test
  @DisplayName("sheet 04 case 25, sheet 01 case 38: a flownode starts again")
  void givenAFlownodeWithALargerEpoch_thenItsAddressIsSavedAndAnnounced()
      throws InterruptedException {
    NodeEnd flownode = metasrv.connect();
    exchange(flownode, heartbeat(Role.FLOWNODE, 5).build());
    assertThat(metasrv.stored("__node_address/2/5")).isPresent();
    exchange(flownode, heartbeat(Role.FLOWNODE, 5).build());
    assertThat(announcements(flownode)).isEqualTo(1);

    Peer moved = Peer.newBuilder().setId(5).setAddr("10.0.0.9:1").build();
    exchange(flownode, heartbeat(Role.FLOWNODE, 5).setPeer(moved).setNodeEpoch(101).build());

    assertThat(metasrv.stored("__node_address/2/5"))
        .contains("{\"peer\":{\"id\":5,\"addr\":\"10.0.0.9:1\"}}");
    assertThat(announcements(flownode)).isEqualTo(2);
    assertThat(flownode.responses())
        .anySatisfy(
            response ->
                assertThat(response.getMailboxMessage().getJson())
                    .isEqualTo("{\"InvalidateCaches\":[{\"FlowNodeAddressChange\":5}]}"));
  }

  private static long announcements(NodeEnd node) {
    return node.responses().stream().filter(HeartbeatResponse::hasMailboxMessage).count();
  }

  @Test
  void givenAnAddressThatCouldNotBeSaved_thenTheNextHeartbeatTriesAgain()
      throws InterruptedException {
    metasrv.stepsDown();
    metasrv.elected(new FailingReads(metasrv.store));
    NodeEnd datanode = metasrv.connect();
    exchange(datanode, heartbeat(Role.DATANODE, 1).build());
    assertThat(metasrv.stored("__node_address/0/1")).isEmpty();
    assertThat(announcements(datanode)).isZero();
    // Statistics do not depend on it.
    assertThat(statsWritten()).isEqualTo(1);
  }

  @Test
  @DisplayName("sheet 04 case 27, sheet 01 case 28: workloads of datanodes")
  void givenWorkloads_thenOnlyKnownTypesAreKept() throws InterruptedException {
    assertThat(workloadsStored(Optional.of(List.of(0, 100)))).contains("{\"types\":[0]}");
    assertThat(workloadsStored(Optional.of(List.of(100)))).contains("{\"types\":[]}");
    assertThat(workloadsStored(Optional.empty())).contains("{\"Datanode\":{\"types\":[0]}}");
  }

  private String workloadsStored(Optional<List<Integer>> types) throws InterruptedException {
    HeartbeatRequest.Builder request = heartbeat(Role.DATANODE, 1);
    types.ifPresent(list -> request.setDatanode(DatanodeWorkloads.newBuilder().addAllTypes(list)));
    exchange(metasrv.connect(), request.build());
    return metasrv.memory(LEASE).orElseThrow();
  }

  @Test
  void givenAHeartbeat_thenTheMemoryHoldsExactlyTheJsonThatClientsRead()
      throws InterruptedException {
    exchange(
        metasrv.connect(),
        heartbeat(Role.DATANODE, 1)
            .putExtensions("__env_vars", ByteString.copyFromUtf8("{\"vars\":{\"AZ\":\"a\"}}"))
            .putExtensions(
                "__gc_stat",
                ByteString.copyFromUtf8("{\"running_gc_tasks\":1,\"gc_concurrency\":4}"))
            .build());
    exchange(
        metasrv.connect(),
        heartbeat(Role.FRONTEND, 0).setPeer(Peer.newBuilder().setAddr("127.0.0.1:4001")).build());

    assertThat(metasrv.memoryKeys())
        .containsExactly(
            "__meta_cluster_node_info-0-0-1",
            "__meta_cluster_node_info-0-1-6217528761578684316",
            "__meta_datanode_lease-0-1",
            "__meta_datanode_stat-0-1");
    assertThat(metasrv.memory(LEASE))
        .contains(
            "{\"timestamp_millis\":1700000000000,\"node_addr\":\"127.0.0.1:24101\","
                + "\"workloads\":{\"Datanode\":{\"types\":[0]}}}");
    assertThat(metasrv.memory(Bytes.utf8("__meta_cluster_node_info-0-0-1")))
        .contains(
            "{\"peer\":{\"id\":1,\"addr\":\"127.0.0.1:24101\"},\"last_activity_ts\":1700000000000,"
                + "\"status\":{\"Datanode\":{\"rcus\":0,\"wcus\":0,\"leader_regions\":0,"
                + "\"follower_regions\":0,\"workloads\":{\"types\":[0]}}},\"version\":\"1.1.4\","
                + "\"git_commit\":\"x\",\"start_time_ms\":123,\"total_cpu_millicores\":0,"
                + "\"total_memory_bytes\":0,\"cpu_usage_millicores\":0,\"memory_usage_bytes\":0,"
                + "\"hostname\":\"h\",\"env_vars\":{\"AZ\":\"a\"}}");
    assertThat(metasrv.memory(STATS))
        .contains(
            "[{\"timestamp_millis\":1700000000000,\"id\":1,\"addr\":\"127.0.0.1:24101\",\"rcus\":0,"
                + "\"wcus\":0,\"region_num\":0,\"region_stats\":[],\"topic_stats\":[],"
                + "\"node_epoch\":100,\"datanode_workloads\":{\"types\":[0]},"
                + "\"gc_stat\":{\"running_gc_tasks\":1,\"gc_concurrency\":4}}]");
  }

  @Test
  void givenExtensionsThatCannotBeRead_thenEachCostsItselfOnly() throws InterruptedException {
    NodeEnd node = metasrv.connect();
    ByteString garbage = ByteString.copyFromUtf8("{\"oops");
    exchange(
        node,
        heartbeat(Role.DATANODE, 1)
            .putExtensions("__gc_stat", garbage)
            .putExtensions("__env_vars", garbage)
            .addRegionStats(region(1, 0).putExtensions("__region_statistic", garbage))
            .build());

    assertThat(node.responses().getLast().hasRegionLease()).isTrue();
    assertThat(metasrv.memory(STATS))
        .hasValueSatisfying(s -> assertThat(s).contains("gc_stat\":null"));
    assertThat(metasrv.memory(Bytes.utf8("__meta_cluster_node_info-0-0-1")))
        .hasValueSatisfying(json -> assertThat(json).contains("\"env_vars\":{}"));
    for (String part : List.of("__gc_stat", "__env_vars", "__region_statistic")) {
      assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_BAD_INPUT, part)).isEqualTo(1);
    }
  }

  @Test
  void givenSeveralFlownodes_thenTheFlowsOfAllAreVisible() throws InterruptedException {
    Bytes key = Bytes.utf8("__flow/state");
    NodeEnd first = metasrv.connect();
    NodeEnd second = metasrv.connect();
    exchange(first, flows(1, 1024, 10, 5));
    exchange(second, flows(2, 1025, 20, 7));
    assertThat(metasrv.memory(key))
        .contains(
            "{\"state_size\":{\"1024\":10,\"1025\":20},"
                + "\"last_exec_time_map\":{\"1024\":5,\"1025\":7}}");

    metasrv.runtime.advance(Duration.ofSeconds(10));
    exchange(second, flows(2, 1025, 21, 8));
    assertThat(metasrv.memory(key))
        .contains("{\"state_size\":{\"1025\":21},\"last_exec_time_map\":{\"1025\":8}}");
  }

  private static HeartbeatRequest flows(long node, int flow, long size, long executed) {
    return heartbeat(Role.FLOWNODE, node)
        .setFlowStat(
            FlowStat.newBuilder()
                .putFlowStatSize(flow, size)
                .putFlowLastExecTimeMap(flow, executed))
        .build();
  }

  @Test
  void givenANodeNotHeardOfForLong_thenItsInfoIsForgotten() throws InterruptedException {
    exchange(metasrv.connect(), heartbeat(Role.DATANODE, 1).build());
    metasrv.runtime.advance(Duration.ofHours(23));
    exchange(metasrv.connect(), heartbeat(Role.DATANODE, 2).build());
    NodeExpiry expiry =
        new NodeExpiry(metasrv.term().memory(), Duration.ofHours(24), metasrv.runtime);

    expiry.removeIdle();
    assertThat(metasrv.memoryKeys()).contains("__meta_cluster_node_info-0-0-1");
    metasrv.runtime.advance(Duration.ofHours(1).plusMillis(1));
    expiry.removeIdle();

    assertThat(metasrv.memoryKeys())
        .doesNotContain("__meta_cluster_node_info-0-0-1")
        .contains("__meta_cluster_node_info-0-0-2");
  }

  @Test
  void givenLeaderRegions_thenTheRegistryKnowsTheNewestManifest() throws InterruptedException {
    NodeEnd node = metasrv.connect();
    route(1L << 32);
    exchange(node, withManifest(5, RegionRole.Leader));
    exchange(node, withManifest(4, RegionRole.Leader));
    LeaderRegions regions = metasrv.term().parts().leaderRegions();
    io.metasrv.domain.RegionId region = new io.metasrv.domain.RegionId(1L << 32);

    assertThat(regions.find(region))
        .hasValueSatisfying(found -> assertThat(found.manifest().manifestVersion()).isEqualTo(5));
    exchange(node, withManifest(6, RegionRole.Follower));
    assertThat(regions.find(region))
        .hasValueSatisfying(found -> assertThat(found.manifest().manifestVersion()).isEqualTo(5));
  }

  private static HeartbeatRequest withManifest(long version, RegionRole role) {
    return heartbeat(Role.DATANODE, 1)
        .addRegionStats(
            region(1, 0)
                .setRole(role)
                .putExtensions(
                    "__region_statistic",
                    ByteString.copyFromUtf8(
                        "{\"memtable_size\":1,\"wal_size\":2,\"manifest_size\":3,\"sst_size\":4,"
                            + "\"sst_num\":5,\"manifest\":{\"Mito\":{\"manifest_version\":"
                            + version
                            + ",\"flushed_entry_id\":2,\"file_removed_cnt\":0}}}")))
        .build();
  }
}
