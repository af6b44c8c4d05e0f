package io.metasrv.application.metadata;

import static io.metasrv.application.metadata.Failures.assertFails;
import static io.metasrv.application.metadata.Failures.assertUnexpected;
import static io.metasrv.application.metadata.Samples.datanode;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.store.Sequence;
import io.metasrv.application.support.Brokers;
import io.metasrv.application.support.ManualRuntime;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.wal.ReplayCheckpoint;
import io.metasrv.domain.wal.WalOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private final TroubledStore store = new TroubledStore();
  private final TableMetadata metadata = new TableMetadata(store);
  private final ManualRuntime runtime = new ManualRuntime();

  private Sequence tableIds() {
    return new Sequence(store, "table_id", 1024, 10, Sequence.MAX);
  }

  private TableAllocator allocator(WalOptionsAllocator wal) {
    return new TableAllocator(
        new TableIds(tableIds()), (regions, ignored) -> List.of(datanode(1), datanode(2)), wal);
  }

  @Test
  void case25_givenAFreshSequenceThenIdsBeginAt1024AndARestartSkipsTheRest() {
    assertThat(new TableIds(tableIds()).allocate(Optional.empty())).isEqualTo(new TableId(1024));
    assertThat(store.at("__meta_seq-table_id")).isEqualTo("\n\u0004\0\0\0\0\0\0");

    Sequence afterRestart = tableIds();
    assertThat(new TableIds(afterRestart).allocate(Optional.empty())).isEqualTo(new TableId(1034));
    assertUnexpected(() -> afterRestart.jumpTo(900), "Sequence table_id");
    afterRestart.jumpTo(5000);
    assertThat(afterRestart.next()).isEqualTo(5000);
    store.set("__meta_seq-table_id", "7 bytes");
    assertUnexpected(() -> tableIds().next(), "Sequence table_id");
  }

  @Test
  void case26_givenAnIdAskedForThenOnlyThoseBelowTheSequenceAreGiven() {
    TableIds ids = new TableIds(tableIds());

    assertFails(
        () -> ids.allocate(Optional.of(new TableId(2000))),
        StatusCode.UNSUPPORTED,
        "create table by id 2000 that is reserved in this node");
    assertThat(ids.allocate(Optional.of(new TableId(512)))).isEqualTo(new TableId(512));
  }

  @Test
  void givenPartitionsThenRegionsAreNumberedAndNodesTakeTurns() {
    TableAllocator.Allocated table =
        allocator(WalOptionsAllocator.raftEngine())
            .allocate(Optional.empty(), List.of("a", "b", "c"), false, new TreeMap<>());

    assertThat(table.table()).isEqualTo(new TableId(1024));
    assertThat(table.route().regions())
        .extracting(
            region -> region.id(),
            region -> region.region().partitionExpr(),
            region -> region.leader().orElseThrow().id())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RegionId.of(table.table(), 0), "a", 1L),
            org.assertj.core.groups.Tuple.tuple(RegionId.of(table.table(), 1), "b", 2L),
            org.assertj.core.groups.Tuple.tuple(RegionId.of(table.table(), 2), "c", 1L));
    assertThat(table.route().maxRegionNumber()).isEqualTo(2);
    assertThat(table.walOptions().texts())
        .isEqualTo(
            Map.of(
                0L, "{\"wal.provider\":\"raft_engine\"}",
                1L, "{\"wal.provider\":\"raft_engine\"}",
                2L, "{\"wal.provider\":\"raft_engine\"}"));
  }

  @Test
  void givenNoPartitionsThenThereIsOneRegionAndSkipWalMeansNoLog() {
    TableAllocator.Allocated table =
        allocator(WalOptionsAllocator.raftEngine())
            .allocate(Optional.empty(), List.of(), true, new TreeMap<>());

    assertThat(table.route().regions()).hasSize(1);
    assertThat(table.walOptions().texts()).isEqualTo(Map.of(0L, "{\"wal.provider\":\"noop\"}"));
    assertThat(table.walOptions().topics(table.table())).isEmpty();
  }

  @Test
  void givenAPoolThenItsTopicsTakeTurns() {
    WalTopicPool pool = new WalTopicPool(List.of("a", "b", "c"), runtime);
    RegionWalOptions options =
        WalOptionsAllocator.kafka(pool::next).allocate(List.of(0L, 1L, 2L, 3L), false);

    List<String> topics = List.copyOf(options.topics(new TableId(1024)).values());
    assertThat(topics).hasSize(4);
    assertThat(topics.subList(0, 3)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(topics.get(3)).isEqualTo(topics.get(0));
    assertThat(options.options().get(0L)).isEqualTo(new WalOptions.Kafka(topics.getFirst()));
  }

  @Test
  void case34_givenTheListOfOldVersionsThenItsTopicsGetTheirKeysAndItGoes()
      throws InterruptedException {
    store.set("__created_wal_topics/kafka", "[\"old_0\",\"greptimedb_wal_topic_0\"]");
    Brokers brokers = new Brokers();

    WalTopicPool pool =
        new WalTopicPoolStart(metadata.topicNames(), brokers, runtime)
            .start(KafkaWalOptions.defaults());

    assertThat(pool.topics()).hasSize(64).doesNotContain("old_0");
    assertThat(store.at("__topic_name/kafka/old_0")).isEqualTo("{\"pruned_entry_id\":0}");
    assertThat(store.at("__created_wal_topics/kafka")).isEqualTo("nothing");
    assertThat(metadata.topicNames().names()).hasSize(65);
    assertThat(brokers.created()).hasSize(63).doesNotContain("greptimedb_wal_topic_0");

    new WalTopicPoolStart(metadata.topicNames(), brokers, runtime)
        .start(KafkaWalOptions.defaults());
    assertThat(brokers.created()).hasSize(63);
  }

  @Test
  void givenTopicsThenPrunedOffsetsAreRecordedOnceAndOldEmptyValuesCount() {
    TopicNameManager topics = metadata.topicNames();
    topics.create(List.of("t0"));
    store.set("__topic_name/kafka/t1", "");
    var first = topics.get("t0").orElseThrow();

    topics.update("t0", first, 7);
    topics.update("t0", first, 7);
    topics.update("t1", topics.get("t1").orElseThrow(), 9);
    topics.create(List.of("t0"));

    assertThat(topics.all().values().stream().map(t -> t.value().prunedEntryId()))
        .containsExactly(7L, 9L);
    assertUnexpected(
        () -> topics.update("t0", first, 8), "Unexpected: Reads the different value: ");
    assertUnexpected(
        () -> topics.update("t9", first, 8), "Unexpected: Reads the empty topic name value");
  }

  @Test
  void givenCheckpointsThenRegionsThatLeftTheTopicGetNone() {
    RegionId here = new RegionId(4398046511104L);
    RegionId gone = new RegionId(4398046511105L);
    RegionId moving = new RegionId(4398046511106L);
    store.set("__topic_region/t0/4398046511104", "{\"x\":1}");
    store.set("__topic_region/t0/4398046511106", "");
    store.competitors.add(() -> store.set("__topic_region/t0/4398046511106", "{\"y\":1}"));
    ReplayCheckpoint checkpoint = ReplayCheckpoint.of(5, OptionalLong.of(4));

    int saved =
        metadata
            .topicRegions()
            .saveCheckpoints(
                "t0",
                new TreeMap<>(Map.of(here, checkpoint, gone, checkpoint, moving, checkpoint)));

    assertThat(saved).isEqualTo(1);
    assertThat(store.content())
        .isEqualTo(
            Map.of(
                "__topic_region/t0/4398046511104",
                "{\"checkpoint\":{\"entry_id\":5,\"metadata_entry_id\":4},\"x\":1}",
                "__topic_region/t0/4398046511106",
                "{\"y\":1}"));
    assertThat(metadata.topicRegions().regions("t0")).containsOnlyKeys(here, moving);
    assertThat(metadata.topicRegions().get("t0", gone)).isEmpty();
    assertThat(checkpoint.minEntryId()).isEqualTo(4);
  }

  @Test
  void givenRepartitionsThenDestinationsComeAndGo() {
    TableRepartManager reparts = metadata.reparts();
    TableId table = new TableId(1024);
    RegionId source = RegionId.of(table, 0);
    RegionId first = RegionId.of(table, 1);
    RegionId second = RegionId.of(table, 2);
    reparts.updateMappings(table, new TreeMap<>());
    assertThat(store.content()).isEmpty();
    assertUnexpected(
        () -> reparts.removeMappings(table, new TreeMap<>()),
        "Failed to find table repartition metadata for table id 1024");

    reparts.updateMappings(
        table, new TreeMap<>(Map.of(source, new java.util.TreeSet<>(List.of(second, first)))));
    assertThat(store.at("__table_repart/1024"))
        .isEqualTo("{\"src_to_dst\":{\"4398046511104\":[4398046511105,4398046511106]}}");
    var stale = reparts.get(table);
    reparts.removeMappings(
        table, new TreeMap<>(Map.of(source, new java.util.TreeSet<>(List.of(first)))));
    reparts.removeMappings(
        table, new TreeMap<>(Map.of(source, new java.util.TreeSet<>(List.of(second)))));

    assertThat(store.at("__table_repart/1024")).isEqualTo("{\"src_to_dst\":{}}");
    assertThat(reparts.all()).containsOnlyKeys(table);
    assertUnexpected(
        () ->
            reparts.upsert(
                table, stale, stale.orElseThrow().value().adding(first, List.of(second))),
        "Metadata corruption: ");
  }
}
