package io.metasrv.application.metadata;

import static io.metasrv.application.metadata.Failures.assertFails;
import static io.metasrv.application.metadata.Failures.assertUnexpected;
import static io.metasrv.application.metadata.Samples.TABLE;
import static io.metasrv.application.metadata.Samples.info;
import static io.metasrv.application.metadata.Samples.route;
import static io.metasrv.application.metadata.Samples.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.metadata.TroubledStore.Trouble;
import io.metasrv.application.port.Op;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableCreationTest {

  private final TroubledStore store = new TroubledStore();
  private final TableMetadata metadata = new TableMetadata(store);

  @Test
  void case08_givenTheSameTableTwiceThenFineAndAnotherIsRefusedAndChangesNothing() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    Map<String, String> before = store.content();

    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);

    assertThat(store.content()).isEqualTo(before);
    assertThat(before)
        .containsOnlyKeys(
            "__dn_table/1/1024",
            "__table_info/1024",
            "__table_name/greptime/public/monitor",
            "__table_route/1024");
    assertUnexpected(
        () -> metadata.createTable(info(TABLE, "other"), route(TABLE, 1), RegionWalOptions.NONE),
        "Unexpected: Reads the different value: ");
    assertUnexpected(
        () -> metadata.createTable(info(), route(TABLE, 2), RegionWalOptions.NONE),
        "Unexpected: Reads the different value: ");
    assertThat(store.content()).isEqualTo(before);
  }

  @Test
  void givenOnlyHalfOfATableThenTheErrorSaysWhatIsMissing() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    String route = store.at("__table_route/1024");
    store.batchDelete(
        List.of(io.metasrv.domain.Bytes.utf8("__table_info/1024")),
        io.metasrv.application.port.Previous.DISCARD);

    assertUnexpected(
        () -> metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE),
        "Unexpected: Reads the empty table info in comparing operation of the creating table"
            + " metadata");
    assertThat(store.at("__table_route/1024")).isEqualTo(route);
  }

  @Test
  void case09_givenThreeRegionsOnTwoNodesWithTopicsThenOneTransactionWritesEightKeys() {
    metadata.createTable(info(), route(TABLE, 1, 2, 1), topics("t0", "t1", "t0"));

    assertThat(store.txns).hasSize(1);
    assertThat(store.txns.getFirst().success()).hasSize(3 + 3 + 2);
    assertThat(store.at("__topic_region/t0/4398046511106")).isEmpty();
    String wal =
        "\"region_wal_options\":{"
            + "\"0\":\"{\\\"wal.provider\\\":\\\"kafka\\\",\\\"wal.kafka.topic\\\":\\\"t0\\\"}\","
            + "\"1\":\"{\\\"wal.provider\\\":\\\"kafka\\\",\\\"wal.kafka.topic\\\":\\\"t1\\\"}\","
            + "\"2\":\"{\\\"wal.provider\\\":\\\"kafka\\\",\\\"wal.kafka.topic\\\":\\\"t0\\\"}\"}";
    assertThat(store.at("__dn_table/1/1024"))
        .isEqualTo(
            "{\"table_id\":1024,\"regions\":[0,2],\"follower_regions\":[],\"engine\":\"mito\","
                + "\"region_storage_path\":\"greptime/public\",\"region_options\":{},"
                + wal
                + ",\"version\":0}");
    assertThat(store.at("__dn_table/2/1024")).contains("\"regions\":[1]").contains(wal);
    assertThat(
            metadata
                .datanodeTables()
                .walOptions(TABLE, route(TABLE, 1, 2, 1).distribution())
                .topics(TABLE))
        .hasSize(3);
  }

  @Test
  void case10_givenAHundredLogicalTablesThenThreeTransactionsOfThreePutsATable() {
    metadata.createLogicalTables(logical(100));

    assertThat(store.txns).hasSize(3);
    assertThat(store.txns.stream().map(txn -> txn.success().size()))
        .containsExactly(42 * 3, 42 * 3, 16 * 3);
    assertThat(store.txns)
        .allMatch(txn -> txn.success().stream().allMatch(Op.Put.class::isInstance));
    assertThat(store.at("__table_route/2000"))
        .isEqualTo("{\"type\":\"logical\",\"physical_table_id\":1024}");
    assertThat(store.content()).hasSize(300);
  }

  @Test
  void givenSomeOfTheLogicalTablesThenTheOthersAreCreated() {
    List<LogicalTable> tables = logical(10);
    metadata.createLogicalTables(tables.subList(3, 7));

    metadata.createLogicalTables(tables);

    assertThat(store.content()).hasSize(30);
  }

  private static List<LogicalTable> logical(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LogicalTable(
                    info(new TableId(2000 + i), "logical" + i), TableRoute.logical(TABLE)))
        .toList();
  }

  @Test
  void givenANameOfAnotherTableThenItIsNotTaken() {
    store.set("__table_name/greptime/public/monitor", "{\"table_id\":7}");

    assertFails(
        () -> metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE),
        StatusCode.TABLE_ALREADY_EXISTS,
        "Table already exists, table: greptime.public.monitor");
    assertThat(store.content()).hasSize(1);
  }

  @Test
  void givenANameThatLeadsToThisTableAlreadyThenItIsLeftAsItIs() {
    store.set("__table_name/greptime/public/monitor", "{\"table_id\":1024,\"new\":1}");

    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);

    assertThat(store.content()).hasSize(4);
    assertThat(store.at("__table_name/greptime/public/monitor")).contains("\"new\":1");
  }

  @Test
  void givenLostAnswersAndRequestsThenTheTableIsCreatedOnce() {
    for (List<Trouble> troubles :
        List.of(
            List.of(Trouble.LOST_ANSWER),
            List.of(Trouble.LOST_REQUEST),
            List.of(Trouble.LOST_REQUEST, Trouble.LOST_ANSWER))) {
      TroubledStore troubled = new TroubledStore();
      troubled.troubles.addAll(troubles);

      new TableMetadata(troubled).createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);

      assertThat(troubled.content()).hasSize(4);
    }
  }

  @Test
  void givenEveryRequestIsLostThenTheOutcomeStaysUnknown() {
    for (int i = 0; i < 3; i++) {
      store.troubles.add(Trouble.LOST_REQUEST);
    }
    assertThatThrownBy(() -> metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE))
        .isInstanceOf(StoreException.UnknownOutcome.class);
    assertThat(store.content()).isEmpty();
  }

  @Test
  void givenMoreKeysThanATransactionTakesThenACrashAnywhereLeavesNoVisibleTable() {
    TableInfo info = info();
    long[] leaders = IntStream.range(0, 9).mapToLong(i -> i % 5 + 1).toArray();
    String[] topics = IntStream.range(0, 9).mapToObj(i -> "t" + i).toArray(String[]::new);
    TroubledStore whole = new TroubledStore(1000);
    new TableMetadata(whole).createTable(info, route(TABLE, leaders), topics(topics));
    List<Integer> crashes = new ArrayList<>();
    for (int crashAt = 0; crashAt < 10; crashAt++) {
      TroubledStore small = new TroubledStore(4);
      for (int i = 0; i < crashAt; i++) {
        small.troubles.add(Trouble.NONE);
      }
      small.troubles.add(Trouble.CRASH);
      TableMetadata limited = new TableMetadata(small);
      try {
        limited.createTable(info, route(TABLE, leaders), topics(topics));
      } catch (TroubledStore.Crash crash) {
        crashes.add(crashAt);
        assertThat(small.content())
            .doesNotContainKeys(
                "__table_name/greptime/public/monitor", "__table_info/1024", "__table_route/1024");
        limited.createTable(info, route(TABLE, leaders), topics(topics));
      }
      assertThat(small.content()).isEqualTo(whole.content());
    }
    assertThat(crashes).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void givenALargeTableThatIsVisibleThenItsCheckpointsAreNotOverwritten() {
    TroubledStore small = new TroubledStore(4);
    TableMetadata limited = new TableMetadata(small);
    limited.createTable(info(), route(TABLE, 1, 2), topics("t0", "t1"));
    small.set("__topic_region/t0/4398046511104", "{\"checkpoint\":{\"entry_id\":5}}");

    limited.createTable(info(), route(TABLE, 1, 2), topics("t0", "t1"));

    assertThat(small.at("__topic_region/t0/4398046511104")).contains("5");
  }
}
