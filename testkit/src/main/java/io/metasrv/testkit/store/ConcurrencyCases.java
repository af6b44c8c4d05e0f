package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.numberedKeys;
import static io.metasrv.testkit.store.StoreCases.pair;
import static io.metasrv.testkit.store.StoreCases.withValue;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.history.RegisterHistory;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several clients at once. */
interface ConcurrencyCases extends StoreCases {

  @Test
  @DisplayName("sheet 02 case 5: of 20 that create the same key one wins, the others see its value")
  default void ofTwentyThatCreateTheSameKeyOneWins() throws InterruptedException {
    Bytes key = bytes("contended");

    List<CompareAndPutResult> results =
        ConcurrentClients.run(
            20, i -> store().compareAndPut(new Compare.Absent(key), bytes("client " + i)));

    Bytes winner = store().get(key).orElseThrow();
    assertThat(results).filteredOn(CompareAndPutResult::success).hasSize(1);
    assertThat(results.get(indexOf(winner)).success()).isTrue();
    assertThat(results)
        .filteredOn(result -> !result.success())
        .allSatisfy(result -> assertThat(result.current()).contains(winner));
  }

  private static int indexOf(Bytes client) {
    return Integer.parseInt(client.toUtf8().substring("client ".length()));
  }

  @Test
  @DisplayName("sheet 02 case 13: concurrent read-modify-writes lose no update")
  default void concurrentReadModifyWritesLoseNoUpdate() throws InterruptedException {
    given("counter", "0");
    int clients = 4;
    int each = 10;

    ConcurrentClients.run(
        clients,
        client -> {
          for (int i = 0; i < each; i++) {
            increment(store(), bytes("counter"));
          }
          return client;
        });

    assertThat(content()).containsExactly(pair("counter", Integer.toString(clients * each)));
  }

  /** With four competitors an attempt fails now and then; a store on which all fail is broken. */
  private static void increment(KeyValueStore store, Bytes counter) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      Bytes seen = store.get(counter).orElseThrow();
      Bytes next = bytes(Integer.toString(Integer.parseInt(seen.toUtf8()) + 1));
      Txn swap =
          new Txn(
              List.of(new Compare.ValueEquals(counter, seen)),
              List.of(new Op.Put(counter, next)),
              List.of());
      if (store.txn(swap).succeeded()) {
        return;
      }
    }
    throw new AssertionError("none of 1000 attempts to increment the counter succeeded");
  }

  @Test
  default void readersSeeATransactionWholeOrNotAtAll() throws InterruptedException {
    List<Bytes> keys = numberedKeys("k", Math.min(20, StoreLimits.fullTransaction(store())));
    store().batchPut(withValue(keys, bytes("0")), Previous.DISCARD);
    AtomicBoolean writing = new AtomicBoolean(true);

    ConcurrentClients.run(
        3,
        client -> {
          if (client == 0) {
            try {
              writeInTransactions(keys);
            } finally {
              writing.set(false);
            }
          } else {
            while (writing.get()) {
              assertOneValue(store().range(KeyRange.prefix(bytes("k")), RangeOptions.ALL).kvs());
              assertOneValue(store().batchGet(keys));
            }
          }
          return client;
        });

    assertThat(content()).isEqualTo(withValue(keys, bytes("40")));
  }

  private void writeInTransactions(List<Bytes> keys) {
    for (int round = 1; round <= 40; round++) {
      Bytes value = bytes(Integer.toString(round));
      if (round % 2 == 0) {
        store().batchPut(withValue(keys, value), Previous.DISCARD);
      } else {
        store().txn(Txn.always(keys.stream().<Op>map(key -> new Op.Put(key, value)).toList()));
      }
    }
  }

  private static void assertOneValue(List<KeyValue> kvs) {
    assertThat(kvs.stream().map(KeyValue::value).distinct().toList())
        .as("values of keys that are only written together")
        .hasSize(1);
  }

  @Test
  default void whatConcurrentClientsSeeOfOneKeyIsLinearizable() throws InterruptedException {
    long seed = Seeds.fresh();
    for (int round = 0; round < 10; round++) {
      Bytes key = bytes("register-" + round);
      RegisterHistory history = new RegisterHistory();
      long roundSeed = seed + round;
      ConcurrentClients.run(
          4,
          client -> {
            RandomGenerator random = new SplittableRandom(roundSeed * 31 + client);
            for (int i = 0; i < 12; i++) {
              String written = client + "-" + i;
              history.record(() -> RegisterClient.call(store(), key, written, random));
            }
            return client;
          });
      assertThat(history.isLinearizable(Optional.empty()))
          .as("history of seed %d: %s", roundSeed, history.describe())
          .isTrue();
    }
  }
}
