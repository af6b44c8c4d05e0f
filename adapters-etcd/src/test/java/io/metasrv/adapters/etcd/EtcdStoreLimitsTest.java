package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.EtcdServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What etcd's limits do to requests and answers. */
@Timeout(120)
final class EtcdStoreLimitsTest {

  private static EtcdServer server;
  private static EtcdConnection connection;
  private static BareEtcd bare;
  private EtcdStore store;

  @BeforeAll
  static void startServer() {
    server =
        EtcdServer.start(List.of("--max-request-bytes=" + EtcdStore.DEFAULT_MAX_REQUEST_BYTES));
    connection = EtcdConnection.open(Etcds.options(server.endpoint()));
    bare = new BareEtcd(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    if (bare != null) {
      bare.close();
    }
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void emptyStore() {
    store = new EtcdStore(connection, 128);
    store.deleteRange(KeyRange.all(), Previous.DISCARD);
  }

  @Test
  @DisplayName("sheet 02 case 14: 300 puts with max_txn_ops 128 are three transactions")
  void threeHundredPutsAreThreeTransactions() throws Exception {
    List<KeyValue> kvs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      kvs.add(new KeyValue(Bytes.utf8("k%03d".formatted(i)), Bytes.utf8("v")));
    }
    long before = bare.revision();

    store.batchPut(kvs, Previous.DISCARD);

    assertThat(bare.revision() - before).isEqualTo(3);
    assertThat(bare.withPrefix("k")).hasSize(300);
  }

  @Test
  @DisplayName("sheet 02 case 16: a page above 32 MiB is told as such, and a smaller one comes")
  void aPageAboveTheTransportsLimitIsToldAsSuch() {
    Bytes mebibyte = Bytes.wrap(new byte[1 << 20]);
    for (int i = 0; i < 33; i++) {
      store.put(Bytes.utf8("large/%02d".formatted(i)), mebibyte, Previous.DISCARD);
    }
    KeyRange all = KeyRange.prefix(Bytes.utf8("large/"));

    assertThatExceptionOfType(StoreException.ResponseTooLarge.class)
        .isThrownBy(() -> store.range(all, RangeOptions.ALL));

    assertThat(store.range(all, RangeOptions.limit(16)).kvs()).hasSize(16);
    assertThat(store.range(all, RangeOptions.ALL.onlyKeys()).kvs()).hasSize(33);
  }

  @Test
  void anAnswerTooLargeForARangeDeleteThatTookEffectIsAnUnknownOutcome() {
    Bytes mebibyte = Bytes.wrap(new byte[1 << 20]);
    for (int i = 0; i < 33; i++) {
      store.put(Bytes.utf8("large/%02d".formatted(i)), mebibyte, Previous.DISCARD);
    }

    assertThatExceptionOfType(StoreException.UnknownOutcome.class)
        .isThrownBy(
            () -> store.deleteRange(KeyRange.prefix(Bytes.utf8("large/")), Previous.RETURN));
  }

  @Test
  void moreOpsThanTheServerAllowsAreRejectedWithTheFlagToRaise() {
    EtcdStore boldStore = new EtcdStore(connection, 1000);
    List<Op> puts = new ArrayList<>();
    for (int i = 0; i < 129; i++) {
      puts.add(new Op.Put(Bytes.utf8("k" + i), Bytes.utf8("v")));
    }

    assertThatExceptionOfType(StoreException.Rejected.class)
        .isThrownBy(() -> boldStore.txn(Txn.always(puts)))
        .withMessageContaining("129 ops")
        .withMessageContaining("--max-txn-ops");
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).isEmpty();
  }

  @Test
  void aRequestLargerThanTheServerAllowsIsRejectedWithTheFlagToRaise() {
    EtcdStore boldStore = new EtcdStore(connection, 128, 8 << 20);

    for (int size : List.of(1_800_000, 4_000_000)) {
      assertThatExceptionOfType(StoreException.Rejected.class)
          .isThrownBy(
              () -> boldStore.put(Bytes.utf8("k"), Bytes.wrap(new byte[size]), Previous.DISCARD))
          .withMessageContaining("--max-request-bytes");
    }
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).isEmpty();
  }

  @Test
  void aBatchOfWhichOneGroupIsTooLargeIsRejectedBeforeAnyGroupIsSent() {
    Bytes half = Bytes.wrap(new byte[900_000]);
    EtcdStore pairs = new EtcdStore(connection, 2);
    List<KeyValue> kvs =
        List.of(
            new KeyValue(Bytes.utf8("a"), Bytes.utf8("small")),
            new KeyValue(Bytes.utf8("b"), half),
            new KeyValue(Bytes.utf8("c"), half),
            new KeyValue(Bytes.utf8("d"), half));

    assertThatExceptionOfType(StoreException.Rejected.class)
        .isThrownBy(() -> pairs.batchPut(kvs, Previous.DISCARD))
        .withMessageContaining("bytes");
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).isEmpty();
  }

  @Test
  void aGetAfterAPutInTheSameBranchSeesIt() {
    Bytes key = Bytes.utf8("k");
    store.put(key, Bytes.utf8("old"), Previous.DISCARD);

    assertThat(
            store
                .txn(
                    new Txn(
                        List.of(new Compare.ValueEquals(key, Bytes.utf8("old"))),
                        List.of(
                            new Op.Get(key), new Op.Put(key, Bytes.utf8("new")), new Op.Get(key)),
                        List.of()))
                .results())
        .containsExactly(
            new OpResult.GetDone(key, Optional.of(Bytes.utf8("old"))),
            new OpResult.PutDone(),
            new OpResult.GetDone(key, Optional.of(Bytes.utf8("new"))));
  }

  private Bytes large(int number) {
    byte[] value = new byte[store.maxValueBytes()];
    value[0] = (byte) number;
    return Bytes.wrap(value);
  }

  @Test
  void theLargestValueCanBeComparedAndReplacedByAnotherOfItsSize() {
    Bytes key = Bytes.utf8("k");
    store.put(key, large(1), Previous.DISCARD);

    assertThat(store.compareAndPut(new Compare.ValueEquals(key, large(1)), large(2)).success())
        .isTrue();
    assertThat(store.get(key)).contains(large(2));
    assertThat(store.compareAndPut(new Compare.ValueEquals(key, large(1)), large(3)).current())
        .contains(large(2));
    assertThat(
            store
                .compareAndPut(new Compare.ValueEquals(Bytes.utf8("none"), large(1)), large(2))
                .current())
        .isEmpty();
    assertThat(store.get(key)).contains(large(2));
  }

  @Test
  void aTransactionWithLargeExpectedValuesRunsTheBranchItShould() {
    Bytes key = Bytes.utf8("k");
    Bytes other = Bytes.utf8("o");
    store.put(key, large(1), Previous.DISCARD);
    Compare same = new Compare.ValueEquals(key, large(1));
    List<Op> write = List.of(new Op.Put(key, large(2)));
    List<Op> note = List.of(new Op.Put(other, Bytes.utf8("no")), new Op.Get(other));

    assertThat(store.txn(new Txn(List.of(same, new Compare.Exists(other)), write, note)).results())
        .containsExactly(
            new OpResult.PutDone(), new OpResult.GetDone(other, Optional.of(Bytes.utf8("no"))));
    assertThat(store.get(key)).contains(large(1));
    assertThat(store.txn(new Txn(List.of(same, new Compare.Exists(other)), write, note)))
        .satisfies(result -> assertThat(result.succeeded()).isTrue());
    assertThat(store.txn(new Txn(List.of(same), write, List.of())).succeeded()).isFalse();
    assertThat(store.get(key)).contains(large(2));
  }

  @Test
  void concurrentReplacementsOfALargeValueLoseNoUpdate() throws Exception {
    Bytes key = Bytes.utf8("k");
    store.put(key, large(0), Previous.DISCARD);
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      writers.add(Thread.ofVirtual().start(() -> incrementTenTimes(key)));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(store.get(key)).contains(large(30));
  }

  private void incrementTenTimes(Bytes key) {
    for (int done = 0; done < 10; ) {
      Bytes current = store.get(key).orElseThrow();
      Compare unchanged = new Compare.ValueEquals(key, current);
      done += store.compareAndPut(unchanged, large(current.at(0) + 1)).success() ? 1 : 0;
    }
  }

  @Test
  void onAFencedViewALargeValueIsReplacedDuringTheTermOnly() throws Exception {
    Bytes key = Bytes.utf8("k");
    store.put(key, large(1), Previous.DISCARD);
    LeaderLease lease =
        new EtcdElection(connection, "z", ElectionTiming.REFERENCE).campaign("n1:3002");
    KeyValueStore view = store.fencedBy(lease.fence());
    Compare first = new Compare.ValueEquals(key, large(1));

    assertThat(view.compareAndPut(first, large(2)).success()).isTrue();
    assertThat(view.compareAndPut(first, large(3)).success()).isFalse();
    lease.resign();

    assertThatExceptionOfType(StoreException.FencedOut.class)
        .isThrownBy(() -> view.compareAndPut(new Compare.ValueEquals(key, large(2)), large(3)));
    assertThat(store.get(key)).contains(large(2));
  }
}
