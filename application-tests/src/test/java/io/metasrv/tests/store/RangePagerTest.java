package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.store.InterceptedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reading ranges that are larger than one response. */
final class RangePagerTest {

  private final InMemoryStore content = new InMemoryStore();
  private final List<Integer> pagesAnswered = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private int mostKeysInAResponse = Integer.MAX_VALUE;
  private final KeyValueStore store =
      new InterceptedStore(
          content,
          new InterceptedStore.Interceptor() {
            @Override
            public <T> T around(InterceptedStore.Call call, Supplier<T> proceed) {
              T answer = proceed.get();
              int keys = answer instanceof RangeResult page ? page.kvs().size() : 0;
              if (keys > mostKeysInAResponse) {
                refusals.add("refused " + keys);
                throw new StoreException.ResponseTooLarge(
                    "a page of " + keys, new IllegalStateException("OUT_OF_RANGE"));
              }
              pagesAnswered.add(keys);
              return answer;
            }
          });

  private List<KeyValue> given(int count) {
    List<KeyValue> kvs =
        IntStream.range(0, count)
            .mapToObj(i -> new KeyValue(Bytes.utf8("key%06d".formatted(i)), Bytes.utf8("v" + i)))
            .toList();
    content.batchPut(kvs, Previous.DISCARD);
    return kvs;
  }

  @Test
  @DisplayName("sheet 02 case 15: 3000 keys in pages of 1024 are 3 pages without gap or double")
  void threeThousandKeysInPagesOf1024AreThreePages() {
    List<KeyValue> all = given(3000);

    List<KeyValue> read = new RangePager(store, KeyRange.all(), 1024, false).readAll();

    assertThat(read).isEqualTo(all);
    assertThat(pagesAnswered).containsExactly(1024, 1024, 952);
  }

  @Test
  @DisplayName("sheet 02 case 16: a page that is too large is halved and the scan completes")
  void aPageThatIsTooLargeIsHalvedAndTheScanCompletes() {
    List<KeyValue> all = given(3000);
    mostKeysInAResponse = 400;

    List<KeyValue> read = RangePager.pairs(store, KeyRange.all()).readAll();

    assertThat(read).isEqualTo(all);
    assertThat(refusals).as("1536, 768: then it stays halved").hasSize(2);
    assertThat(pagesAnswered).startsWith(384, 384).endsWith(312).hasSize(8);
  }

  @Test
  void aPairThatIsTooLargeByItselfIsAnErrorThatSaysWhere() {
    given(3);
    mostKeysInAResponse = 0;

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> RangePager.pairs(store, KeyRange.prefix(Bytes.utf8("key"))).readAll())
        .withMessageContaining("Exceeded maximum number of adaptive range retries")
        .withMessageContaining("key")
        .satisfies(error -> assertThat(error.code()).isEqualTo(StatusCode.UNEXPECTED));
  }

  @Test
  void keysComeWithoutValues() {
    given(2);

    assertThat(RangePager.keys(store, KeyRange.all()).readAll())
        .extracting(KeyValue::value)
        .containsOnly(Bytes.EMPTY);
  }

  @Test
  void anEmptyRangeIsOneEmptyPage() {
    RangePager pager = RangePager.pairs(store, KeyRange.all());

    assertThat(pager.hasNext()).isTrue();
    assertThat(pager.next()).isEmpty();
    assertThat(pager.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(pager::next);
  }

  @Test
  void aPageThatIsJustFullIsNotFollowedByAnEmptyOne() {
    given(10);

    assertThat(new RangePager(store, KeyRange.all(), 5, false).readAll()).hasSize(10);
    assertThat(pagesAnswered).containsExactly(5, 5);
  }

  @Test
  void afterAnUnavailableStoreTheSamePageCanBeAskedForAgain() {
    given(3);
    RangePager pager = new RangePager(new FailsOnce(store).asStore(), KeyRange.all(), 2, false);

    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(pager::next);
    assertThat(pager.readAll()).hasSize(3);
  }

  /** Unavailable at the first call. */
  private static final class FailsOnce implements InterceptedStore.Interceptor {
    private final KeyValueStore store;
    private boolean failed;

    FailsOnce(KeyValueStore store) {
      this.store = store;
    }

    KeyValueStore asStore() {
      return new InterceptedStore(store, this);
    }

    @Override
    public <T> T around(InterceptedStore.Call call, Supplier<T> proceed) {
      if (!failed) {
        failed = true;
        throw new StoreException.Unavailable("not now");
      }
      return proceed.get();
    }
  }
}
