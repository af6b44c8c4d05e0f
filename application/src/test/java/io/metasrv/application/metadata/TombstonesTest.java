package io.metasrv.application.metadata;

import static io.metasrv.application.metadata.Failures.assertFails;
import static io.metasrv.application.metadata.Failures.assertUnexpected;
import static io.metasrv.application.metadata.Samples.TABLE;
import static io.metasrv.application.metadata.Samples.info;
import static io.metasrv.application.metadata.Samples.name;
import static io.metasrv.application.metadata.Samples.route;
import static io.metasrv.application.metadata.Samples.topics;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.metadata.TroubledStore.Trouble;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.TableRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TombstonesTest {

  private final TroubledStore store = new TroubledStore();
  private final TableMetadata metadata = new TableMetadata(store);

  private static TableRef ref(TableId table, String name, RegionWalOptions wal, long... leaders) {
    return new TableRef(table, name(name), route(table, leaders), wal);
  }

  private static Map<String, String> buried(Map<String, String> content) {
    Map<String, String> buried = new LinkedHashMap<>();
    content.forEach((key, value) -> buried.put("__tombstone/" + key, value));
    return buried;
  }

  @Test
  void case18_givenATableThatIsDroppedThenItCanBeRestoredByteByByte() {
    TableRef table = ref(TABLE, "monitor", topics("t0", "t1"), 1, 2);
    metadata.createTable(info(), table.route(), table.walOptions());
    store.set("__table_repart/1024", "{ \"src_to_dst\":{}}");
    Map<String, String> live = store.content();

    metadata.deleteTable(table);
    metadata.deleteTable(table);
    assertThat(store.content()).isEqualTo(buried(live));
    assertThat(metadata.names().exists(name("monitor"))).isFalse();

    metadata.restoreTable(table);
    metadata.restoreTable(table);
    assertThat(store.content()).isEqualTo(live);

    metadata.deleteTable(table);
    metadata.deleteTableTombstone(table);
    assertThat(store.content()).isEmpty();
  }

  @Test
  void givenATableThatIsDestroyedThenNothingIsLeft() {
    TableRef table = ref(TABLE, "monitor", topics("t0", "t1"), 1, 2);
    metadata.createTable(info(), table.route(), table.walOptions());
    store.troubles.add(Trouble.LOST_ANSWER);

    metadata.destroyTable(table);

    assertThat(store.content()).isEmpty();
  }

  @Test
  void case19_givenManyKeysThenTheyMoveInGroupsAndMissingOnesArePassedOver() {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      keys.add(Bytes.utf8("key" + i));
      if (i % 7 != 0) {
        store.set("key" + i, "value" + i);
      }
    }
    Map<String, String> live = store.content();

    metadata.tombstones().bury(keys);

    assertThat(store.txns).hasSize(4);
    assertThat(store.txns).allMatch(txn -> txn.compares().size() <= 64);
    assertThat(store.content()).isEqualTo(sorted(buried(live)));
    metadata.tombstones().bury(List.of());
    metadata.tombstones().restore(keys);
    assertThat(store.content()).isEqualTo(live);
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return new java.util.TreeMap<>(map);
  }

  @Test
  void case20_givenAValueThatChangesOnceThenItsNewValueMovesAndOneThatNeverRestsDoesNot() {
    store.set("a", "1");
    store.set("b", "1");
    List<Bytes> keys = List.of(Bytes.utf8("a"), Bytes.utf8("b"));
    store.competitors.add(() -> store.set("a", "2"));

    metadata.tombstones().bury(keys);
    assertThat(store.content()).isEqualTo(Map.of("__tombstone/a", "2", "__tombstone/b", "1"));

    metadata.tombstones().restore(keys);
    for (int i = 0; i < 8; i++) {
      String value = "changed" + i;
      store.competitors.add(() -> store.set("a", value));
    }
    assertFails(
        () -> metadata.tombstones().bury(keys), StatusCode.INTERNAL, "Failed to move values: ");
    assertThat(store.content()).isEqualTo(Map.of("a", "changed7", "b", "1"));
  }

  @Test
  void givenLostAnswersThenEveryValueMovesOnce() {
    store.set("a", "1");
    store.set("b", "1");
    store.troubles.addAll(List.of(Trouble.LOST_REQUEST, Trouble.LOST_ANSWER));

    metadata.tombstones().bury(List.of(Bytes.utf8("a"), Bytes.utf8("b")));

    assertThat(store.content()).isEqualTo(Map.of("__tombstone/a", "1", "__tombstone/b", "1"));
  }

  @Test
  void givenACrashBetweenGroupsThenTheNameIsGoneFirstAndBackLast() {
    TableRef table = ref(TABLE, "monitor", topics("t0", "t1", "t2", "t3"), 1, 2, 3, 4);
    for (int crashAt = 0; crashAt < 5; crashAt++) {
      TroubledStore small = new TroubledStore(8);
      TableMetadata limited = new TableMetadata(small);
      limited.createTable(info(), table.route(), table.walOptions());
      Map<String, String> live = small.content();
      crashAfter(small, crashAt);
      try {
        limited.deleteTable(table);
        small.troubles.clear();
      } catch (TroubledStore.Crash crash) {
        assertThat(limited.names().exists(name("monitor"))).isEqualTo(crashAt == 0);
        limited.deleteTable(table);
      }
      assertThat(small.content()).isEqualTo(buried(live));
      crashAfter(small, crashAt);
      try {
        limited.restoreTable(table);
      } catch (TroubledStore.Crash crash) {
        assertThat(limited.names().exists(name("monitor"))).isFalse();
        limited.restoreTable(table);
      }
      assertThat(small.content()).isEqualTo(live);
    }
  }

  private static void crashAfter(TroubledStore store, int writes) {
    for (int i = 0; i < writes; i++) {
      store.troubles.add(Trouble.NONE);
    }
    store.troubles.add(Trouble.CRASH);
  }

  @Test
  void case21_givenANameThatWasReusedThenTheNameRemembersTheLastTableDropped() {
    TableRef first = ref(TABLE, "t", topics("t0"), 1);
    TableRef second = ref(new TableId(1025), "t", RegionWalOptions.NONE, 2);
    metadata.createTable(info(TABLE, "t"), first.route(), first.walOptions());
    metadata.deleteTable(first);
    metadata.createTable(info(second.table(), "t"), second.route(), second.walOptions());

    assertThat(metadata.dropped().byName(name("t"))).contains(TABLE);
    assertThat(metadata.dropped().list()).isEqualTo(Map.of(name("t"), TABLE));
    assertThat(metadata.dropped().byId(TABLE).map(DroppedTable::ref)).contains(first);

    metadata.deleteTable(second);
    assertThat(metadata.dropped().byName(name("t"))).contains(second.table());
    assertThat(metadata.dropped().byId(TABLE)).isPresent();
    assertThat(metadata.dropped().byId(new TableId(9))).isEmpty();
  }

  @Test
  void givenADroppedTableWithoutAPhysicalRouteThenItCannotBeLookedUp() {
    TableId logical = new TableId(1025);
    LogicalTable table = new LogicalTable(info(logical, "l"), TableRoute.logical(TABLE));
    metadata.createLogicalTables(List.of(table));
    metadata.deleteTable(new TableRef(logical, name("l"), table.route(), RegionWalOptions.NONE));

    assertUnexpected(() -> metadata.dropped().byId(logical), "Unexpected table route type: ");
    metadata.tombstones().delete(List.of(Bytes.utf8("__table_route/1025")));
    assertUnexpected(
        () -> metadata.dropped().byId(logical), "Unexpected: table 1025 was dropped without");
  }
}
