package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.store.ChrootStore;
import io.metasrv.application.store.LocalElection;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.store.KeyValueStoreContract;
import io.metasrv.testkit.store.StoreFixture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A store seen from under a prefix keeps the contract, and never touches its neighbours: the prefix
 * itself and keys just below and above it.
 */
final class ChrootStoreContractTest extends KeyValueStoreContract {

  private static final List<KeyValue> NEIGHBOURS =
      List.of("p", "p.", "p/", "p0", "q").stream()
          .map(key -> new KeyValue(Bytes.utf8(key), Bytes.utf8("not ours")))
          .toList();

  private final InMemoryStore whole = new InMemoryStore();

  @Override
  protected StoreFixture newFixture() {
    whole.batchPut(NEIGHBOURS, Previous.DISCARD);
    return StoreFixture.elected(
        ChrootStore.under(Bytes.utf8("p/"), whole), new LocalElection(whole), () -> {});
  }

  @AfterEach
  void theNeighboursAreStillThere() {
    assertThat(whole.batchGet(NEIGHBOURS.stream().map(KeyValue::key).toList()))
        .isEqualTo(NEIGHBOURS);
    assertThat(whole.range(KeyRange.all(), RangeOptions.ALL).kvs())
        .filteredOn(kv -> !NEIGHBOURS.contains(kv))
        .allSatisfy(kv -> assertThat(kv.key().startsWith(Bytes.utf8("p/"))).isTrue());
  }

  /** The prefix takes its share of the longest key. */
  @Override
  @Test
  public void theLongestKeyIsTakenAndALongerOneRefused() {
    byte[] longest = new byte[KeyValueStore.MAX_KEY_BYTES - 2];
    Arrays.fill(longest, (byte) 'k');
    Bytes key = Bytes.wrap(longest);

    store().put(key, Bytes.utf8("v"), Previous.DISCARD);

    assertThat(store().get(key)).contains(Bytes.utf8("v"));
    assertThatExceptionOfType(StoreException.Rejected.class)
        .isThrownBy(() -> store().put(key.next(), Bytes.EMPTY, Previous.DISCARD));
  }
}
