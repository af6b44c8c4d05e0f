package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.application.store.MeasuredStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.time.ManualRuntime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions are measured under the reference's name and label. */
final class MeasuredStoreTest {

  private static final Bytes KEY = Bytes.utf8("key");

  private final InMemoryStore memory = new InMemoryStore();
  private final CountingMetrics metrics = new CountingMetrics();
  private final KeyValueStore store = new MeasuredStore(memory, new ManualRuntime(), metrics);

  private int measured() {
    return metrics.observations(MetricNames.TXN_REQUEST, "memory", "txn");
  }

  @Test
  void transactionsAndComparesAreMeasuredAndOtherCallsAreNot() {
    store.txn(Txn.always(List.of(new Op.Put(KEY, Bytes.EMPTY))));
    store.compareAndPut(new Compare.Exists(KEY), Bytes.utf8("v"));
    store.put(KEY, Bytes.EMPTY, Previous.DISCARD);
    store.get(KEY);

    assertThat(measured()).isEqualTo(2);
  }

  @Test
  void failedOnesAndThoseOfAFencedViewAreMeasuredToo() {
    KeyValueStore view = store.fencedBy(memory.openTerm("node-1:3002"));
    memory.openTerm("node-2:3002");

    assertThatExceptionOfType(StoreException.FencedOut.class)
        .isThrownBy(() -> view.txn(Txn.always(List.of(new Op.Delete(KEY)))));

    assertThat(measured()).isEqualTo(1);
  }
}
