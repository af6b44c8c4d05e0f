package io.metasrv.nodes;

import static io.metasrv.nodes.TestDatanode.OTHER_REGION;
import static io.metasrv.nodes.TestDatanode.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionStorage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("sheet 04 §8: how a datanode carries out instructions")
class InstructionExecutionTest {

  private static final String DOWNGRADE =
      "{\"DowngradeRegions\":[{\"region_id\":4398046511105,"
          + "\"flush_timeout\":{\"secs\":5,\"nanos\":0}}]}";
  private static final String UPGRADE =
      "{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"last_entry_id\":null,"
          + "\"metadata_last_entry_id\":null,\"replay_timeout\":\"5s\",\"location_id\":null}]}";
  private static final String FLUSH_BOTH =
      "{\"FlushRegions\":{\"region_ids\":[4398046511106,4398046511105],\"strategy\":\"%s\","
          + "\"error_strategy\":\"%s\"}}";
  private static final String READY =
      "{\"region_id\":4398046511105,\"ready\":true,\"exists\":true,\"error\":null}";

  private static TestDatanode paced(Duration flush, Duration catchUp, Duration other) {
    TestDatanode datanode =
        new TestDatanode(
            DatanodeOptions.faithful()
                .withPace(new WorkPace(Duration.ZERO, flush, catchUp, other)));
    datanode.connect();
    datanode.create(REGION);
    return datanode;
  }

  private static List<String> later(TestDatanode datanode, Duration wait) {
    datanode.pass(wait);
    return TestDatanode.replies(datanode.node.wake(datanode.now()));
  }

  private static void makeFollower(TestDatanode datanode) {
    datanode.lease(Duration.ZERO, 10, REGION, RegionRole.FOLLOWER);
  }

  @Test
  void givenFilesOnSharedStorage_whenOpened_thenTheRegionIsAFollowerAndOpeningAgainIsFine() {
    RegionStorage storage = new RegionStorage();
    TestDatanode source = new TestDatanode(DatanodeOptions.faithful(), storage, 1);
    source.create(REGION);
    TestDatanode target = new TestDatanode(DatanodeOptions.faithful(), storage, 2);
    target.connect();
    String open =
        "{\"OpenRegions\":[{\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,"
            + "\"region_number\":1,\"engine\":\"mito\"},\"region_storage_path\":\"%s\","
            + "\"region_options\":{}}]}";

    assertThat(target.instruct(String.format(open, "another/path")))
        .singleElement()
        .asString()
        .contains("\"result\":false");
    assertThat(target.instruct(String.format(open, "greptime/refdb")))
        .containsExactly("{\"type\":\"open_regions\",\"result\":true,\"error\":null}");
    assertThat(target.instruct(String.format(open, "greptime/refdb")))
        .containsExactly("{\"type\":\"open_regions\",\"result\":true,\"error\":null}");
    assertThat(target.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
  }

  @Test
  void givenALocalStorage_whenObjectStorageIsRequired_thenOpeningIsRefused() {
    TestDatanode datanode =
        new TestDatanode(
            new DatanodeOptions(
                io.metasrv.nodes.region.LeaseMode.REFERENCE,
                WorkPace.instant(),
                List.of(0),
                4,
                false,
                true));
    datanode.connect();

    assertThat(
            datanode.instruct(
                "{\"OpenRegions\":[{\"region_ident\":{\"datanode_id\":1,\"table_id\":1024,"
                    + "\"region_number\":1,\"engine\":\"mito\"},\"region_storage_path\":\"p\","
                    + "\"region_options\":{},\"requirements\":{\"object_storage\":true}}]}"))
        .singleElement()
        .asString()
        .contains("\"result\":false", "object storage");
  }

  @Test
  void givenARegionThatIsNotHere_whenClosed_thenThatIsSuccess() {
    TestDatanode datanode = TestDatanode.connected();

    assertThat(
            datanode.instruct(
                "{\"CloseRegions\":[{\"datanode_id\":1,\"table_id\":9,\"region_number\":9,"
                    + "\"engine\":\"\"}]}"))
        .containsExactly("{\"type\":\"close_regions\",\"result\":true,\"error\":null}");
  }

  @Test
  void givenNoSuchRegion_whenDowngradedOrUpgraded_thenItDoesNotExist() {
    TestDatanode datanode = TestDatanode.connected();

    assertThat(datanode.instruct(DOWNGRADE))
        .containsExactly(
            "{\"type\":\"downgrade_regions\",\"replies\":[{\"region_id\":4398046511105,"
                + "\"last_entry_id\":null,\"metadata_last_entry_id\":null,\"exists\":false,"
                + "\"error\":null}]}");
    assertThat(datanode.instruct(UPGRADE))
        .containsExactly(
            "{\"type\":\"upgrade_regions\",\"replies\":[{\"region_id\":4398046511105,"
                + "\"ready\":false,\"exists\":false,\"error\":null}]}");
  }

  @Test
  void givenALeader_whenDowngraded_thenItRejectsWritesAtOnceAndIsAFollowerAfterTheFlush() {
    TestDatanode datanode = paced(Duration.ofSeconds(3), Duration.ZERO, Duration.ZERO);
    datanode.node.write(REGION, 1, datanode.now());
    datanode.node.write(REGION, 1, datanode.now());

    assertThat(datanode.instruct(DOWNGRADE)).isEmpty();
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.DOWNGRADING_LEADER);
    assertThat(datanode.isWritable(REGION)).isFalse();

    assertThat(later(datanode, Duration.ofSeconds(3)))
        .containsExactly(
            "{\"type\":\"downgrade_regions\",\"replies\":[{\"region_id\":4398046511105,"
                + "\"last_entry_id\":2,\"metadata_last_entry_id\":null,\"exists\":true,"
                + "\"error\":null}]}");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
    assertThat(datanode.storage.find(REGION).orElseThrow().data().flushedEntryId()).isEqualTo(2);
  }

  @Test
  void givenASlowFlush_whenTheTimeoutPasses_thenAnErrorIsRepliedAndARepeatJoinsTheFlush() {
    TestDatanode datanode = paced(Duration.ofSeconds(8), Duration.ZERO, Duration.ZERO);
    datanode.instruct(DOWNGRADE);

    assertThat(later(datanode, Duration.ofSeconds(5)))
        .singleElement()
        .asString()
        .contains("\"exists\":true", "Flush region timeout", "\"last_entry_id\":null");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.DOWNGRADING_LEADER);

    // Three of eight seconds are left, less than the timeout of five.
    datanode.instruct(DOWNGRADE);
    assertThat(later(datanode, Duration.ofSeconds(3)))
        .singleElement()
        .asString()
        .contains("\"last_entry_id\":0", "\"error\":null");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
  }

  @Test
  void givenNoFlushTimeoutOrAFollower_whenDowngraded_thenItIsAFollowerAtOnce() {
    TestDatanode datanode = paced(Duration.ofSeconds(8), Duration.ZERO, Duration.ZERO);

    assertThat(
            datanode.instruct(
                "{\"DowngradeRegions\":[{\"region_id\":4398046511105,\"flush_timeout\":null}]}"))
        .singleElement()
        .asString()
        .contains("\"last_entry_id\":0");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
    assertThat(datanode.instruct(DOWNGRADE)).hasSize(1);
  }

  @Test
  void givenAFollower_whenUpgradedInTime_thenItIsWritable() {
    TestDatanode datanode = paced(Duration.ZERO, Duration.ofSeconds(2), Duration.ZERO);
    makeFollower(datanode);

    assertThat(datanode.instruct(UPGRADE)).isEmpty();
    assertThat(datanode.isWritable(REGION)).isFalse();
    assertThat(later(datanode, Duration.ofSeconds(2)))
        .containsExactly("{\"type\":\"upgrade_regions\",\"replies\":[" + READY + "]}");
    assertThat(datanode.isWritable(REGION)).isTrue();
  }

  @Test
  void givenASlowCatchUp_whenTheTimeoutPasses_thenNotReadyWithoutAnError() {
    TestDatanode datanode = paced(Duration.ZERO, Duration.ofSeconds(9), Duration.ZERO);
    makeFollower(datanode);
    datanode.instruct(UPGRADE);

    assertThat(later(datanode, Duration.ofSeconds(5)))
        .containsExactly(
            "{\"type\":\"upgrade_regions\",\"replies\":[{\"region_id\":4398046511105,"
                + "\"ready\":false,\"exists\":true,\"error\":null}]}");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
  }

  @Test
  void givenARegionClosedDuringTheCatchUp_whenItEnds_thenItDoesNotExistWithAnError() {
    TestDatanode datanode = paced(Duration.ZERO, Duration.ofSeconds(2), Duration.ZERO);
    makeFollower(datanode);
    datanode.instruct(UPGRADE);
    datanode.node.regions().close(REGION);

    assertThat(later(datanode, Duration.ofSeconds(2)))
        .singleElement()
        .asString()
        .contains("\"exists\":false", "Region not found");
  }

  @Test
  void givenADowngradingLeader_whenUpgraded_thenItIsReadyWithoutWork() {
    TestDatanode datanode = paced(Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ZERO);
    datanode.instruct(DOWNGRADE);

    assertThat(datanode.instruct(UPGRADE))
        .containsExactly("{\"type\":\"upgrade_regions\",\"replies\":[" + READY + "]}");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.DOWNGRADING_LEADER);
  }

  @Test
  void givenAMissingRegionFirst_whenFlushed_thenTheErrorStrategyDecidesAboutTheRest() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);

    assertThat(datanode.instruct(String.format(FLUSH_BOTH, "Sync", "FailFast")))
        .containsExactly(
            "{\"type\":\"flush_regions\",\"results\":[[4398046511106,"
                + "{\"Err\":\"Region not found, region id: 4398046511106(1024, 2)\"}]],"
                + "\"overall_success\":false}");
    assertThat(datanode.instruct(String.format(FLUSH_BOTH, "Sync", "TryAll")))
        .containsExactly(
            "{\"type\":\"flush_regions\",\"results\":[[4398046511106,"
                + "{\"Err\":\"Region not found, region id: 4398046511106(1024, 2)\"}],"
                + "[4398046511105,{\"Ok\":null}]],\"overall_success\":false}");
    assertThat(datanode.instruct(String.format(FLUSH_BOTH, "Async", "TryAll"))).isEmpty();
  }

  @Test
  void givenAFollower_whenFlushed_thenItIsRefused() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    makeFollower(datanode);

    assertThat(datanode.instruct("{\"FlushRegions\":{\"region_ids\":[4398046511105]}}"))
        .singleElement()
        .asString()
        .contains("Region is not leader", "\"overall_success\":false");
  }

  @Test
  void givenStagingInstructions_whenTheRegionIsMissingOrAFollower_thenTheyAreRefused() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    makeFollower(datanode);
    String enter =
        "{\"EnterStagingRegions\":[{\"region_id\":4398046511105,\"partition_directive\":\"{}\"},"
            + "{\"region_id\":4398046511106,\"partition_directive\":\"{}\"}]}";

    assertThat(datanode.instruct(enter))
        .containsExactly(
            "{\"type\":\"enter_staging_regions\",\"replies\":["
                + "{\"region_id\":4398046511105,\"ready\":false,\"exists\":true,"
                + "\"error\":\"Region is not writable\"},"
                + "{\"region_id\":4398046511106,\"ready\":false,\"exists\":false,"
                + "\"error\":null}]}");
    assertThat(
            datanode.instruct(
                "{\"RemapManifest\":{\"region_id\":4398046511105,\"input_regions\":[],"
                    + "\"region_mapping\":{},\"new_partition_exprs\":{}}}"))
        .containsExactly(
            "{\"type\":\"remap_manifest\",\"exists\":true,\"manifest_paths\":{},"
                + "\"error\":\"Region is not leader\"}");
  }

  @Test
  void givenStagingThatRejectsAllWrites_whenALeaseGrantsLeader_thenStagingEnds() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    datanode.instruct(
        "{\"EnterStagingRegions\":[{\"region_id\":4398046511105,"
            + "\"partition_directive\":{\"type\":\"reject_all_writes\"}}]}");
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.STAGING_LEADER);
    assertThat(datanode.isWritable(REGION)).isFalse();

    datanode.lease(Duration.ZERO, 10, REGION, RegionRole.STAGING_LEADER);
    assertThat(datanode.isWritable(REGION)).isFalse();
    datanode.lease(Duration.ZERO, 10, REGION, RegionRole.LEADER);

    assertThat(datanode.isWritable(REGION)).isTrue();
  }

  @Test
  void givenFileReferencesAskedFor_whenARelatedRegionIsNotOpen_thenTheAnswerIsNoSuccess() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    String ask =
        "{\"GetFileRefs\":{\"query_regions\":[4398046511105,77],"
            + "\"related_regions\":{\"4398046511105\":[%s]}}}";

    assertThat(datanode.instruct(String.format(ask, "4398046511105")))
        .containsExactly(
            "{\"type\":\"get_file_refs\",\"file_refs_manifest\":{\"file_refs\":{},"
                + "\"manifest_version\":{\"4398046511105\":0},\"cross_region_refs\":{}},"
                + "\"success\":true,\"error\":null}");
    assertThat(datanode.instruct(String.format(ask, OTHER_REGION.toDecimal())))
        .singleElement()
        .asString()
        .contains("\"success\":false");
  }

  @Test
  void givenGarbageCollections_whenTheyAreBusyMissingOrFollower_thenTheyAreRefused() {
    TestDatanode datanode = paced(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
    String collect =
        "{\"GcRegions\":{\"regions\":[%s],\"file_refs_manifest\":{\"file_refs\":{},"
            + "\"manifest_version\":{},\"cross_region_refs\":{}},\"full_file_listing\":%s}}";
    String one = String.format(collect, "4398046511105", false);

    assertThat(datanode.instruct(String.format(collect, "", false)))
        .singleElement()
        .asString()
        .contains("\"processed_regions\":[]");
    assertThat(datanode.instruct(one)).isEmpty();
    assertThat(datanode.instruct(one))
        .containsExactly(
            "{\"type\":\"gc_regions\",\"result\":{\"Err\":"
                + "\"Another gc task is running for the region: 4398046511105(1024, 1)\"}}");
    assertThat(later(datanode, Duration.ofSeconds(1)))
        .singleElement()
        .asString()
        .contains("\"processed_regions\":[4398046511105]");
    assertThat(datanode.instruct(String.format(collect, "77", false)))
        .singleElement()
        .asString()
        .contains("\"Err\":\"Region not found");
    makeFollower(datanode);
    assertThat(datanode.instruct(one)).singleElement().asString().contains("follower");
  }
}
