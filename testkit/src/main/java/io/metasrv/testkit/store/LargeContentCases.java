package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.blob;
import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.numberedKeys;
import static io.metasrv.testkit.store.StoreCases.withValue;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.store.RangePager;
import io.metasrv.application.store.Sequence;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many keys, large values, and the wrappers that everything else uses to get at them. */
interface LargeContentCases extends StoreCases {

  /** As many as a large cluster has of one kind. */
  int MANY_KEYS = 100_000;

  /** Together above every transport's limit. */
  int MANY_LARGE_VALUES = 30;

  @Test
  @DisplayName("sheet 02 case 15: 3000 keys in pages of 1024 come once each, in order")
  default void threeThousandKeysInPagesComeOnceEachInOrder() {
    List<Bytes> keys = numberedKeys("k", 3000);
    store().batchPut(withValue(keys, bytes("v")), Previous.DISCARD);
    RangePager pager = new RangePager(store(), KeyRange.prefix(bytes("k")), 1024, false);
    List<Integer> pages = new ArrayList<>();
    List<KeyValue> read = new ArrayList<>();
    pager.forEachRemaining(
        page -> {
          pages.add(page.size());
          read.addAll(page);
        });

    assertThat(pages).containsExactly(1024, 1024, 952);
    assertThat(read).isEqualTo(withValue(keys, bytes("v")));
  }

  @Test
  default void aHundredThousandKeysAreReadInOrderAndRemovedAtOnce() {
    int batch = Math.min(store().maxTxnOps(), 10_000);
    for (int from = 0; from < MANY_KEYS; from += batch) {
      List<KeyValue> kvs = new ArrayList<>();
      for (int i = from; i < Math.min(MANY_KEYS, from + batch); i++) {
        kvs.add(new KeyValue(manyKey(i), Bytes.of(i & 0xff)));
      }
      store().batchPut(kvs, Previous.DISCARD);
    }
    List<Bytes> read = new ArrayList<>();
    RangePager.keys(store(), KeyRange.prefix(bytes("many/"))).forEachPair(kv -> read.add(kv.key()));

    assertThat(read).hasSize(MANY_KEYS);
    assertThat(read).isSorted();
    assertThat(read.getFirst()).isEqualTo(manyKey(0));
    assertThat(read.getLast()).isEqualTo(manyKey(MANY_KEYS - 1));
    RangeResult tail = store().range(KeyRange.from(manyKey(MANY_KEYS - 2)), RangeOptions.limit(5));
    assertThat(tail.kvs())
        .containsExactly(
            new KeyValue(manyKey(MANY_KEYS - 2), Bytes.of((MANY_KEYS - 2) & 0xff)),
            new KeyValue(manyKey(MANY_KEYS - 1), Bytes.of((MANY_KEYS - 1) & 0xff)));

    assertThat(store().deleteRange(KeyRange.prefix(bytes("many/")), Previous.DISCARD).deleted())
        .isEqualTo(MANY_KEYS);
    assertThat(content()).isEmpty();
  }

  private static Bytes manyKey(int number) {
    return bytes("many/%08d".formatted(number));
  }

  @Test
  @DisplayName("sheet 02 case 16: a range above the transport's limit is read by smaller pages")
  default void aRangeAboveTheTransportsLimitIsReadBySmallerPages() {
    Bytes large = blob(KeyValueStore.MIN_MAX_VALUE_BYTES);
    List<Bytes> keys = numberedKeys("large", MANY_LARGE_VALUES);
    keys.forEach(key -> store().put(key, large, Previous.DISCARD));

    RangePager pager = RangePager.pairs(store(), KeyRange.prefix(bytes("large")));
    List<Bytes> read = new ArrayList<>();
    pager.forEachPair(
        kv -> {
          assertThat(kv.value()).isEqualTo(large);
          read.add(kv.key());
        });

    assertThat(read).isEqualTo(keys);
    assertThat(answersOrIsTooLarge()).isTrue();
  }

  /** One answer for everything may be too much, but only in the way the port allows. */
  private boolean answersOrIsTooLarge() {
    try {
      return content().size() == MANY_LARGE_VALUES;
    } catch (StoreException.ResponseTooLarge tooLarge) {
      return !tooLarge.isRetryable();
    }
  }

  @Test
  @DisplayName("sheet 02 case 42: 10 threads taking 100 each get 1000 consecutive numbers")
  default void tenThreadsTakeConsecutiveNumbersFromASequence() throws InterruptedException {
    Sequence sequence = new Sequence(store(), "table_id", 1024, 10, Sequence.MAX);

    List<List<Long>> taken =
        ConcurrentClients.run(
            10,
            client -> {
              List<Long> own = new ArrayList<>();
              for (int i = 0; i < 100; i++) {
                own.add(sequence.next());
              }
              return own;
            });

    assertThat(taken.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(LongStream.range(1024, 2024).boxed().toList());
    assertThat(store().get(Sequence.key("table_id"))).contains(Bytes.hex("e807000000000000"));
  }

  @Test
  default void severalProcessesTakeDifferentNumbersFromASequence() throws InterruptedException {
    List<List<Long>> taken =
        ConcurrentClients.run(
            4,
            client -> {
              Sequence sequence = new Sequence(store(), "table_id", 1024, 5, Sequence.MAX);
              List<Long> own = new ArrayList<>();
              for (int i = 0; i < 25; i++) {
                own.add(sequence.next());
              }
              return own;
            });

    assertThat(taken.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(LongStream.range(1024, 1124).boxed().toList());
  }
}
