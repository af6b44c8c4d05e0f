package io.metasrv.application.metadata;

import static io.metasrv.application.metadata.Failures.assertFails;
import static io.metasrv.application.metadata.Failures.assertUnexpected;
import static io.metasrv.application.metadata.Samples.TABLE;
import static io.metasrv.application.metadata.Samples.datanode;
import static io.metasrv.application.metadata.Samples.info;
import static io.metasrv.application.metadata.Samples.regions;
import static io.metasrv.application.metadata.Samples.route;
import static io.metasrv.application.metadata.Samples.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.metadata.TroubledStore.Trouble;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteChangesTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final LeaderChange DOWNGRADE =
      new LeaderChange.Become(Optional.of(LeaderState.DOWNGRADING));
  private static final LeaderChange LEAD = new LeaderChange.Become(Optional.empty());

  private final TroubledStore store = new TroubledStore();
  private final TableMetadata metadata = new TableMetadata(store);

  private Stored<TableRoute> current() {
    return metadata.routes().get(TABLE).orElseThrow();
  }

  private TableRoute.Physical physical() {
    return TableRouteManager.physical(TABLE, current().value());
  }

  private RouteUpdate update(List<RegionRoute> routes, RegionWalOptions wal) {
    DatanodeTable.RegionInfo opened =
        metadata.datanodeTables().regionInfo(TABLE, physical().distribution());
    return new RouteUpdate(TABLE, current(), opened, routes, opened.options(), wal);
  }

  @Test
  void case06_givenBlanksAndForeignMembersThenAnUpdateSucceedsAndKeepsThem() {
    store.set(
        "__table_route/1024",
        "{ \"type\": \"physical\", \"region_routes\": [ {\"region\":{\"id\":4398046511104,"
            + "\"name\":\"\",\"attrs\":{},\"partition_expr\":\"\",\"tier\":\"hot\"},"
            + "\"leader_peer\":{\"id\":1,\"addr\":\"a:1\",\"zone\":\"b\"},\"follower_peers\":[],"
            + "\"leader_down_since\":null,\"epoch\":18446744073709551615}],"
            + "\"max_region_number\":0,\"version\":0,\"origin\":{\"a\":[1.50]}}");

    assertThat(metadata.updateLeaderStates(TABLE, current(), region -> DOWNGRADE, NOW)).isTrue();

    assertThat(store.at("__table_route/1024"))
        .isEqualTo(
            "{\"type\":\"physical\",\"region_routes\":[{\"region\":{\"id\":4398046511104,"
                + "\"name\":\"\",\"attrs\":{},\"partition_expr\":\"\",\"tier\":\"hot\"},"
                + "\"leader_peer\":{\"id\":1,\"addr\":\"a:1\",\"zone\":\"b\"},\"follower_peers\":[],"
                + "\"leader_state\":\"Downgrading\",\"leader_down_since\":1700000000000,"
                + "\"epoch\":18446744073709551615}],"
                + "\"max_region_number\":0,\"version\":1,\"origin\":{\"a\":[1.50]}}");
  }

  @Test
  void case07_givenAnotherAddressOfANodeThenReadsShowItAndAnUpdateStoresIt() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    String before = store.at("__table_route/1024");
    store.set("__node_address/0/1", "{\"peer\":{\"id\":1,\"addr\":\"10.0.0.9:1\"}}");

    assertThat(physical().regions().getFirst().leader().map(peer -> peer.address()))
        .contains("10.0.0.9:1");
    assertThat(current().raw().toUtf8()).isEqualTo(before);
    assertThat(metadata.get(TABLE).route()).contains(current());
    assertThat(metadata.routes().physicalRoute(TABLE).route().value()).isEqualTo(physical());

    metadata.updateLeaderStates(TABLE, current(), region -> DOWNGRADE, NOW);
    assertThat(store.at("__table_route/1024")).contains("10.0.0.9:1");

    store.set("__node_address/0/1", "broken");
    assertThat(physical().regions()).hasSize(1);
  }

  @Test
  void case13_givenARegionThatMovesThenOnlyItsNodesLearnIt() {
    metadata.createTable(info(), route(TABLE, 2, 1), topics("t0", "t1"));
    store.set("__topic_region/t1/4398046511105", "{\"checkpoint\":{\"entry_id\":5}}");
    String unaffected = store.at("__dn_table/2/1024");
    RouteUpdate update = update(regions(TABLE, 2, 3), topics("t0", "t1"));

    metadata.updateTableRoute(update);
    metadata.updateTableRoute(update);

    assertThat(store.at("__dn_table/1/1024")).isEqualTo("nothing");
    assertThat(store.at("__dn_table/3/1024")).contains("\"regions\":[1]");
    assertThat(store.at("__dn_table/2/1024")).isEqualTo(unaffected);
    assertThat(store.txns.getLast().success()).hasSize(3);
    assertThat(store.at("__topic_region/t1/4398046511105")).contains("5");
    assertThat(physical().version()).isEqualTo(1);
  }

  @Test
  void case14_givenAnotherTopicThenTheOldKeyGoesAndTheNewOneIsEmpty() {
    metadata.createTable(info(), route(TABLE, 1, 1), topics("t0", "t1"));
    store.set("__topic_region/t0/4398046511104", "{\"checkpoint\":{\"entry_id\":5}}");

    metadata.updateTableRoute(update(regions(TABLE, 1, 1), topics("t0", "t9")));

    assertThat(store.content())
        .containsKeys("__topic_region/t0/4398046511104", "__topic_region/t9/4398046511105")
        .doesNotContainKey("__topic_region/t1/4398046511105");
    assertThat(store.at("__topic_region/t9/4398046511105")).isEmpty();
    assertThat(store.at("__topic_region/t0/4398046511104")).contains("5");
    assertThat(store.at("__dn_table/1/1024")).contains("t9");
  }

  @Test
  void case15_givenFewerAndMoreRegionsThenTheLargestNumberNeverFalls() {
    metadata.createTable(info(), route(TABLE, 1, 1, 1), RegionWalOptions.NONE);

    metadata.updateTableRoute(update(regions(TABLE, 1, 1), RegionWalOptions.NONE));
    assertThat(physical().maxRegionNumber()).isEqualTo(2);

    metadata.updateTableRoute(update(regions(TABLE, 1, 1, 1, 1, 1, 1, 1), RegionWalOptions.NONE));
    assertThat(physical().maxRegionNumber()).isEqualTo(6);
  }

  @Test
  void case16_givenLeaderStatesThenTheTimeOfADowngradeComesAndGoes() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    int writes = store.writes();
    assertThat(metadata.updateLeaderStates(TABLE, current(), region -> LEAD, NOW)).isFalse();
    assertThat(
            metadata.updateLeaderStates(TABLE, current(), region -> new LeaderChange.Keep(), NOW))
        .isFalse();
    assertThat(store.writes()).isEqualTo(writes);

    metadata.updateLeaderStates(TABLE, current(), region -> DOWNGRADE, NOW);
    RegionRoute downgrading = physical().regions().getFirst();
    assertThat(downgrading.leaderDownSince()).hasValue(NOW.toEpochMilli());
    assertThat(downgrading.leaderRole()).contains(RegionRole.DOWNGRADING_LEADER);
    assertThat(
            metadata.updateLeaderStates(TABLE, current(), region -> DOWNGRADE, NOW.plusSeconds(9)))
        .isFalse();

    metadata.updateLeaderStates(TABLE, current(), region -> LEAD, NOW);
    assertThat(store.at("__table_route/1024"))
        .doesNotContain("leader_state")
        .contains("\"leader_down_since\":null");
  }

  @Test
  void case17_givenTwoUpdatesOfOneReadThenEqualOnesSucceedAndOthersDoNot() {
    metadata.createTable(info(), route(TABLE, 1, 2), RegionWalOptions.NONE);
    Stored<TableRoute> read = current();

    metadata.updateLeaderStates(TABLE, read, region -> DOWNGRADE, NOW);
    metadata.updateLeaderStates(TABLE, read, region -> DOWNGRADE, NOW);

    assertUnexpected(
        () -> metadata.updateLeaderStates(TABLE, read, region -> DOWNGRADE, NOW.plusMillis(1)),
        "Unexpected: Reads the different value: ");
    assertThat(physical().version()).isEqualTo(1);
  }

  @Test
  void givenStagingThenItIsSetAndClearedAndARaceIsCorruption() {
    metadata.createTable(info(), route(TABLE, 1, 2), RegionWalOptions.NONE);
    RegionId region = RegionId.of(TABLE, 1);

    metadata.setStaging(region, true);
    metadata.setStaging(region, true);
    assertThat(physical().version()).isEqualTo(1);
    assertThat(physical().regions().get(1).leaderRole()).contains(RegionRole.STAGING_LEADER);
    assertThat(physical().regions().get(0).isLeaderStaging()).isFalse();

    metadata.setStaging(region, false);
    assertThat(physical().regions().get(1).leaderRole()).contains(RegionRole.LEADER);
    metadata.setStaging(region, true);
    assertUnexpected(
        () -> {
          Stored<TableRoute> stale = current();
          store.competitors.add(
              () -> metadata.updateLeaderStates(TABLE, stale, each -> DOWNGRADE, NOW));
          metadata.setStaging(region, false);
        },
        "Metadata corruption: ");
    assertFails(
        () -> metadata.setStaging(RegionId.of(TABLE, 7), true),
        StatusCode.TABLE_NOT_FOUND,
        "Region not found: 4398046511111(1024, 7)");
  }

  @Test
  void givenLogicalTablesThenTheirPhysicalOneIsFound() {
    TableId logical = new TableId(1025);
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    metadata.createLogicalTables(
        List.of(new LogicalTable(info(logical, "l"), TableRoute.logical(TABLE))));

    assertThat(metadata.routes().physicalTable(logical)).isEqualTo(TABLE);
    assertThat(metadata.routes().physicalTables(List.of(TABLE, logical, new TableId(9))))
        .isEqualTo(Map.of(TABLE, TABLE, logical, TABLE));
    assertThat(metadata.routes().physicalRoute(logical).table()).isEqualTo(TABLE);
    assertUnexpected(
        () -> metadata.routes().distribution(logical), "Unexpected table route type: ");
    assertUnexpected(
        () -> metadata.routes().physicalTable(new TableId(9)),
        "Failed to find table route for table id 9");
    assertUnexpected(
        () -> metadata.setStaging(RegionId.of(logical, 0), true), "Unexpected table route type: ");
  }

  @Test
  void givenMoreNodesThanATransactionTakesThenACrashAnywhereIsMended() {
    long[] before = {1, 2, 3, 4, 5, 6};
    long[] after = {7, 8, 9, 4, 5, 6};
    int crashes = 0;
    for (int crashAt = 0; crashAt < 6; crashAt++) {
      TroubledStore small = new TroubledStore(4);
      TableMetadata limited = new TableMetadata(small);
      limited.createTable(info(), route(TABLE, before), RegionWalOptions.NONE);
      Stored<TableRoute> read = limited.routes().get(TABLE).orElseThrow();
      DatanodeTable.RegionInfo opened =
          limited.datanodeTables().regionInfo(TABLE, route(TABLE, before).distribution());
      RouteUpdate update =
          new RouteUpdate(
              TABLE, read, opened, regions(TABLE, after), opened.options(), RegionWalOptions.NONE);
      for (int i = 0; i < crashAt; i++) {
        small.troubles.add(Trouble.NONE);
      }
      small.troubles.add(Trouble.CRASH);
      try {
        limited.updateTableRoute(update);
      } catch (TroubledStore.Crash crash) {
        crashes++;
        limited.updateTableRoute(update);
      }
      assertThat(small.content().keySet().stream().filter(key -> key.startsWith("__dn_table/")))
          .containsExactlyInAnyOrder(
              "__dn_table/4/1024",
              "__dn_table/5/1024",
              "__dn_table/6/1024",
              "__dn_table/7/1024",
              "__dn_table/8/1024",
              "__dn_table/9/1024");
    }
    assertThat(crashes).isEqualTo(3);
  }

  @Test
  void givenANodeWithForeignMembersThenItsEntryKeepsThem() {
    metadata.createTable(info(), route(TABLE, 1, 2), RegionWalOptions.NONE);
    store.set(
        "__dn_table/1/1024",
        store.at("__dn_table/1/1024").replace("\"version\":0}", "\"version\":0,\"disk\":\"d\"}"));

    metadata.updateTableRoute(update(regions(TABLE, 1, 1), RegionWalOptions.NONE));

    assertThat(store.at("__dn_table/1/1024"))
        .contains("\"regions\":[0,1]")
        .endsWith("\"version\":0,\"disk\":\"d\"}");
  }

  @Test
  void givenARouteThatCannotBeReadThenTheErrorNamesItsKeyAndNothingIsHarmed() {
    store.set("__table_route/1024", "{\"type\":\"physical\"");

    assertThatThrownBy(this::current).hasMessageContaining("__table_route/1024");
    assertThat(store.at("__table_route/1024")).isEqualTo("{\"type\":\"physical\"");
    assertThat(datanode(1).id()).isEqualTo(1);
  }
}
