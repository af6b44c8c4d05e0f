package io.metasrv.application.heartbeat;

import static io.metasrv.application.heartbeat.LeaderFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.RegionStatistic;
import io.metasrv.protocol.v1.meta.GrantedRegion;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.protocol.v1.meta.RegionRole;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionLeaseTest {

  private static final long TABLE_1024_REGION_0 = 4398046511104L;
  private static final long TABLE_1024_REGION_1 = 4398046511105L;
  private static final long UNKNOWN = 425201762304L;

  private final List<DatanodeStat> heardOf = Collections.synchronizedList(new ArrayList<>());
  private final LeaderFixture metasrv =
      new LeaderFixture(
          HeartbeatOptions.defaults(),
          HeartbeatExtensions.NONE.withFailureDetector(context -> heardOf::add));

  @AfterEach
  void stop() throws InterruptedException {
    metasrv.close();
  }

  private HeartbeatResponse respond(long datanode, long... regions) throws InterruptedException {
    HeartbeatRequest.Builder request =
        heartbeat(Role.DATANODE, datanode).setDurationSinceEpoch(12345);
    for (long region : regions) {
      request.addRegionStats(
          RegionStat.newBuilder().setRegionId(region).setEngine("mito").setRcus(1).setWcus(2));
    }
    NodeEnd node = metasrv.connect(request.build());
    // The first messages are the invalidations that a new start broadcasts.
    int at = 1;
    while (!node.response(at).hasHeartbeatConfig()) {
      at++;
    }
    return node.response(at);
  }

  private void route(long table, String regionRoutes) {
    metasrv.store(
        "__table_route/" + table,
        "{\"type\":\"physical\",\"region_routes\":["
            + regionRoutes
            + "],\"max_region_number\":1,\"version\":0}");
  }

  private static String region(long id, long leader, String followers, String state) {
    return "{\"region\":{\"id\":"
        + id
        + ",\"name\":\"\",\"attrs\":{},\"partition_expr\":\"\"},\"leader_peer\":{\"id\":"
        + leader
        + ",\"addr\":\"a\"},\"follower_peers\":["
        + followers
        + "]"
        + state
        + ",\"leader_down_since\":null}";
  }

  @Test
  @DisplayName("sheet 04 case 6, sheet 01 cases 26-27: leader, follower and unknown regions")
  void givenLeaderFollowerAndUnknown_thenTheFirstTwoAreGrantedAndTheLastIsCloseable()
      throws InterruptedException {
    metasrv.elected();
    route(
        1024,
        region(TABLE_1024_REGION_0, 1, "", "")
            + ","
            + region(TABLE_1024_REGION_1, 2, "{\"id\":1,\"addr\":\"a\"}", ""));

    RegionLease lease =
        respond(1, TABLE_1024_REGION_0, TABLE_1024_REGION_1, UNKNOWN).getRegionLease();

    assertThat(lease.getRegionsList())
        .containsExactlyInAnyOrder(
            granted(TABLE_1024_REGION_0, RegionRole.Leader),
            granted(TABLE_1024_REGION_1, RegionRole.Follower));
    assertThat(lease.getCloseableRegionIdsList()).containsExactly(UNKNOWN);
    assertThat(lease.getDurationSinceEpoch()).isEqualTo(12345);
    assertThat(lease.getLeaseSeconds()).isEqualTo(10);
  }

  private static GrantedRegion granted(long region, RegionRole role) {
    return GrantedRegion.newBuilder().setRegionId(region).setRole(role).build();
  }

  @ParameterizedTest
  @DisplayName("sheet 04 case 7: states of the leader")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",\"leader_state\":\"Downgrading\"|DowngradingLeader",
        ",\"leader_status\":\"Downgraded\"|DowngradingLeader",
        ",\"leader_state\":\"Staging\"|StagingLeader",
        ",\"leader_state\":null|Leader",
      })
  void givenAStateOfTheLeader_thenTheGrantFollowsIt(String state, RegionRole role)
      throws InterruptedException {
    metasrv.elected();
    route(1024, region(TABLE_1024_REGION_0, 1, "", state));

    assertThat(respond(1, TABLE_1024_REGION_0).getRegionLease().getRegionsList())
        .containsExactly(granted(TABLE_1024_REGION_0, role));
  }

  @Test
  @DisplayName("sheet 04 case 8: a region under operation is granted to its datanode only")
  void givenAnOperatingRegion_thenOnlyItsDatanodeIsGrantedIt() throws InterruptedException {
    OperatingRegions operating = metasrv.elected().parts().operatingRegions();
    OperatingRegions.Guard guard =
        operating
            .register(2, new RegionId(UNKNOWN), io.metasrv.domain.heartbeat.RegionRole.FOLLOWER)
            .orElseThrow();
    assertThat(
            operating.register(
                2, new RegionId(UNKNOWN), io.metasrv.domain.heartbeat.RegionRole.LEADER))
        .isEmpty();

    assertThat(respond(2, UNKNOWN).getRegionLease().getRegionsList())
        .containsExactly(granted(UNKNOWN, RegionRole.Follower));
    assertThat(respond(3, UNKNOWN).getRegionLease().getCloseableRegionIdsList())
        .containsExactly(UNKNOWN);

    guard.close();
    assertThat(respond(2, UNKNOWN).getRegionLease().getCloseableRegionIdsList())
        .containsExactly(UNKNOWN);
  }

  @Test
  @DisplayName("sheet 04 case 9: the route wins over the operation")
  void givenARouteAndAnOperation_thenTheRouteDecides() throws InterruptedException {
    OperatingRegions operating = metasrv.elected().parts().operatingRegions();
    route(1024, region(TABLE_1024_REGION_0, 1, "", ""));
    assertThat(
            operating.register(
                1,
                new RegionId(TABLE_1024_REGION_0),
                io.metasrv.domain.heartbeat.RegionRole.FOLLOWER))
        .isPresent();

    assertThat(respond(1, TABLE_1024_REGION_0).getRegionLease().getRegionsList())
        .containsExactly(granted(TABLE_1024_REGION_0, RegionRole.Leader));
  }

  @Test
  @DisplayName("sheet 04 case 10: no lease, and nothing closed, if routes cannot be read")
  void givenAStoreThatFails_thenNoLeaseAndTheDetectorStillHearsOfAllRegions()
      throws InterruptedException {
    metasrv.elected(new FailingReads(metasrv.store));

    HeartbeatResponse response = respond(1, TABLE_1024_REGION_0, UNKNOWN);

    assertThat(response.hasRegionLease()).isFalse();
    assertThat(response.getHeader().hasError()).isFalse();
    assertThat(heardOf).hasSize(1);
    assertThat(heardOf.getFirst().regionCount()).isEqualTo(2);
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_HANDLER_FAILURES, "RegionLeaseHandler"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("sheet 04 case 11: regions of logical tables are never recognised")
  void givenARegionOfALogicalTable_thenItIsCloseable() throws InterruptedException {
    metasrv.elected();
    metasrv.store("__table_route/1024", "{\"type\":\"logical\",\"physical_table_id\":1023}");

    assertThat(respond(1, TABLE_1024_REGION_0).getRegionLease().getCloseableRegionIdsList())
        .containsExactly(TABLE_1024_REGION_0);
  }

  @Test
  @DisplayName("sheet 04 case 12: unknown regions leave no statistics and no detector")
  void givenAnUnknownRegion_thenItIsInNoStatisticsAndNotHeardOf() throws InterruptedException {
    metasrv.elected();
    route(1024, region(TABLE_1024_REGION_0, 1, "", ""));

    respond(1, TABLE_1024_REGION_0, UNKNOWN);

    assertThat(metasrv.memory(io.metasrv.domain.Bytes.utf8("__meta_datanode_stat-0-1")))
        .hasValueSatisfying(
            json ->
                assertThat(json)
                    .contains("\"region_num\":1", "\"rcus\":1,\"wcus\":2")
                    .contains(Long.toString(TABLE_1024_REGION_0))
                    .doesNotContain(Long.toString(UNKNOWN)));
    assertThat(heardOf.getFirst().regions())
        .singleElement()
        .satisfies(stat -> assertThat(stat.id().value()).isEqualTo(TABLE_1024_REGION_0));
    // The node's info is taken before the filter, as in the reference.
    assertThat(metasrv.memory(io.metasrv.domain.Bytes.utf8("__meta_cluster_node_info-0-0-1")))
        .hasValueSatisfying(json -> assertThat(json).contains("\"leader_regions\":2"));
  }

  @Test
  void givenABrokenRouteOfOneTable_thenOnlyItsRegionsAreUndecided() throws InterruptedException {
    metasrv.elected();
    route(1024, region(TABLE_1024_REGION_0, 1, "", ""));
    metasrv.store("__table_route/99", "{\"type\":\"physical\",\"region_routes\":oops");

    RegionLease lease = respond(1, TABLE_1024_REGION_0, UNKNOWN).getRegionLease();

    assertThat(lease.getRegionsList())
        .containsExactly(granted(TABLE_1024_REGION_0, RegionRole.Leader));
    assertThat(lease.getCloseableRegionIdsList()).isEmpty();
    assertThat(metasrv.metrics.value(MetricNames.BROKEN_TABLE_ROUTES)).isEqualTo(1);
  }

  @Test
  void givenARouteThatChanges_thenTheNextLeaseFollowsIt() throws InterruptedException {
    metasrv.elected();
    route(1024, region(TABLE_1024_REGION_0, 1, "", ""));
    assertThat(respond(1, TABLE_1024_REGION_0).getRegionLease().getRegionsCount()).isEqualTo(1);

    route(1024, region(TABLE_1024_REGION_0, 2, "", ""));

    assertThat(respond(1, TABLE_1024_REGION_0).getRegionLease().getCloseableRegionIdsList())
        .containsExactly(TABLE_1024_REGION_0);
  }

  @Test
  void givenNoRegions_thenTheLeaseIsEmptyButThere() throws InterruptedException {
    metasrv.elected();

    HeartbeatResponse response = respond(1);

    assertThat(response.hasRegionLease()).isTrue();
    assertThat(response.getRegionLease().getRegionsCount()).isZero();
  }

  /** A table's creation ends between the two looks of a decision. */
  @Test
  void givenAnOperationThatEndsWhileTheRouteIsWritten_thenItsRegionIsNotClosed() {
    InMemoryStore store = new InMemoryStore();
    OperatingRegions operating = new OperatingRegions();
    RegionId region = new RegionId(TABLE_1024_REGION_0);
    OperatingRegions.Guard guard =
        operating.register(1, region, io.metasrv.domain.heartbeat.RegionRole.LEADER).orElseThrow();
    KeyValueStore ending =
        new ForwardingStore(store) {
          @Override
          public List<KeyValue> batchGet(List<Bytes> keys) {
            List<KeyValue> nothingYet = super.batchGet(keys);
            // Meanwhile the route is written, and the procedure ends.
            guard.close();
            return nothingYet;
          }

          @Override
          public KeyValueStore fencedBy(Fence fence) {
            return this;
          }
        };

    RegionLeases.Decision decision =
        new StoredRouteLeases(ending, operating, metasrv.metrics)
            .decide(
                1,
                List.of(
                    new io.metasrv.domain.heartbeat.RegionStat(
                        region,
                        0,
                        0,
                        0,
                        "mito",
                        io.metasrv.domain.heartbeat.RegionRole.LEADER,
                        RegionStatistic.NONE)));

    assertThat(decision.closeable()).isEmpty();
    assertThat(decision.granted()).hasSize(1);
  }
}
