package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.LeaderCache;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.store.InterceptedStore;
import io.metasrv.testkit.store.InterceptedStore.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader's cache answers from memory, and is never stale. */
final class LeaderCacheTest {

  private static final Bytes ROUTE = Bytes.utf8("__table_route/1024");
  private static final Bytes NAME = Bytes.utf8("__table_name/greptime/public/t");
  private static final Bytes INFO = Bytes.utf8("__table_info/1024");

  private final InMemoryStore store = new InMemoryStore();
  private final List<Call> calls = new ArrayList<>();
  private final CountingMetrics metrics = new CountingMetrics();
  private Runnable beforeAnswer = () -> {};
  private final LeaderCache cache =
      new LeaderCache(
          new InterceptedStore(
              store,
              new InterceptedStore.Interceptor() {
                @Override
                public <T> T around(Call call, Supplier<T> proceed) {
                  calls.add(call);
                  T answer = proceed.get();
                  Runnable hook = beforeAnswer;
                  beforeAnswer = () -> {};
                  hook.run();
                  return answer;
                }
              }),
          new VirtualThreadRuntime(),
          metrics);

  @BeforeEach
  void given() {
    store.put(ROUTE, value("route"), Previous.DISCARD);
    store.put(NAME, value("name"), Previous.DISCARD);
    store.put(INFO, value("info"), Previous.DISCARD);
  }

  private static Bytes value(String text) {
    return Bytes.utf8(text);
  }

  private void load() {
    cache.load();
    calls.clear();
  }

  @Test
  void beforeItIsLoadedEverythingPassesToTheStore() {
    assertThat(cache.get(ROUTE)).contains(value("route"));
    assertThat(cache.get(ROUTE)).contains(value("route"));
    assertThat(calls).hasSize(2);
  }

  @Test
  void onceLoadedTheHotKindsComeFromMemoryAndOthersFromTheStore() {
    load();

    assertThat(cache.size()).isEqualTo(2);
    assertThat(cache.get(ROUTE)).contains(value("route"));
    assertThat(cache.batchGet(List.of(NAME, ROUTE)))
        .containsExactly(new KeyValue(NAME, value("name")), new KeyValue(ROUTE, value("route")));
    assertThat(calls).isEmpty();
    assertThat(cache.get(INFO)).contains(value("info"));
    assertThat(cache.get(INFO)).contains(value("info"));
    assertThat(calls).hasSize(2);
  }

  @Test
  void aBatchGetAsksTheStoreOnlyForWhatIsMissingAndKeepsTheOrder() {
    load();
    Bytes later = Bytes.utf8("__table_route/1025");
    store.put(later, value("later"), Previous.DISCARD);

    assertThat(cache.batchGet(List.of(later, INFO, ROUTE, later)))
        .extracting(KeyValue::key)
        .containsExactly(later, INFO, ROUTE, later);
    assertThat(calls).containsExactly(Call.BATCH_GET);
    assertThat(cache.get(later)).contains(value("later"));
    assertThat(calls).as("read through, then kept").hasSize(1);
  }

  @Test
  void theAbsenceOfAKeyIsNeverKept() {
    load();
    Bytes absent = Bytes.utf8("__table_route/9");
    assertThat(cache.get(absent)).isEmpty();

    store.put(absent, value("made by a follower"), Previous.DISCARD);

    assertThat(cache.get(absent)).contains(value("made by a follower"));
  }

  @Test
  void aRangeOfOneKeyHonoursKeysOnlyOnAHitAndOnAMiss() {
    cache.load();
    Bytes missing = Bytes.utf8("__table_route/1025");
    store.put(missing, value("later"), Previous.DISCARD);

    for (Bytes key : List.of(ROUTE, missing, missing)) {
      assertThat(cache.range(KeyRange.single(key), RangeOptions.ALL.onlyKeys()))
          .isEqualTo(new RangeResult(List.of(new KeyValue(key, Bytes.EMPTY)), false));
    }
    assertThat(cache.get(missing)).as("the value itself was kept").contains(value("later"));
  }

  @Test
  void everyKindOfWriteIsSeenByTheNextRead() {
    load();

    cache.put(ROUTE, value("1"), Previous.DISCARD);
    assertThat(cache.get(ROUTE)).contains(value("1"));
    cache.batchPut(List.of(new KeyValue(ROUTE, value("2"))), Previous.DISCARD);
    assertThat(cache.get(ROUTE)).contains(value("2"));
    cache.txn(Txn.always(List.of(new Op.Put(ROUTE, value("3")))));
    assertThat(cache.get(ROUTE)).contains(value("3"));
    cache.compareAndPut(new io.metasrv.application.port.Compare.Exists(ROUTE), value("4"));
    assertThat(cache.get(ROUTE)).contains(value("4"));
    cache.deleteRange(KeyRange.prefix(Bytes.utf8("__table_route")), Previous.DISCARD);
    assertThat(cache.get(ROUTE)).isEmpty();
    cache.put(ROUTE, value("5"), Previous.DISCARD);
    assertThat(cache.get(ROUTE)).contains(value("5"));
    cache.delete(ROUTE, Previous.DISCARD);
    assertThat(cache.get(ROUTE)).isEmpty();
    cache.batchDelete(List.of(NAME), Previous.DISCARD);
    assertThat(cache.get(NAME)).isEmpty();
  }

  @Test
  void aReadThatAWriteOvertookIsNotKept() {
    load();
    cache.invalidate(ROUTE);
    beforeAnswer = () -> cache.put(ROUTE, value("new"), Previous.DISCARD);

    assertThat(cache.get(ROUTE)).as("read before the write").contains(value("route"));
    assertThat(cache.get(ROUTE)).contains(value("new"));
  }

  @Test
  void aReadDuringAWriteIsNotKept() {
    load();
    beforeAnswer =
        () -> assertThat(cache.get(ROUTE)).as("took effect already").contains(value("new"));

    cache.put(ROUTE, value("new"), Previous.DISCARD);

    assertThat(cache.size()).as("only the name is kept").isEqualTo(1);
  }

  @Test
  void aWriteDuringTheLoadIsNotOverwrittenByWhatTheLoadHadRead() {
    beforeAnswer = () -> cache.put(NAME, value("renamed"), Previous.DISCARD);

    cache.load();

    assertThat(cache.get(NAME)).contains(value("renamed"));
    assertThat(cache.get(NAME)).contains(value("renamed"));
  }

  @Test
  void anInvalidationDuringAReadIsNotLost() {
    load();
    cache.invalidateAll();
    beforeAnswer =
        () -> {
          store.put(ROUTE, value("foreign"), Previous.DISCARD);
          cache.invalidate(ROUTE);
        };

    assertThat(cache.get(ROUTE)).contains(value("route"));
    assertThat(cache.get(ROUTE)).contains(value("foreign"));
  }

  @Test
  void aBatchGetThatATransactionOvertookIsAnsweredByTheStoreAlone() {
    load();
    Bytes other = Bytes.utf8("__table_route/1025");
    store.put(other, value("route"), Previous.DISCARD);
    beforeAnswer =
        () ->
            cache.txn(
                Txn.always(
                    List.of(new Op.Put(ROUTE, value("new")), new Op.Put(other, value("new")))));

    assertThat(cache.batchGet(List.of(ROUTE, other)))
        .extracting(KeyValue::value)
        .as("never one old and one new value of keys that are written together")
        .containsExactly(value("new"), value("new"));
  }

  @Test
  void aWriteOfUnknownOutcomeThatTakesEffectLateIsStillSeen() {
    load();
    beforeAnswer =
        () -> {
          store.put(ROUTE, value("route"), Previous.DISCARD);
          throw new StoreException.UnknownOutcome("lost", new IllegalStateException("cut"));
        };
    assertThatExceptionOfType(StoreException.UnknownOutcome.class)
        .isThrownBy(() -> cache.put(ROUTE, value("late"), Previous.DISCARD));
    assertThat(cache.get(ROUTE)).contains(value("route"));

    store.put(ROUTE, value("late"), Previous.DISCARD);

    assertThat(cache.get(ROUTE)).contains(value("late"));
  }

  @Test
  void aRefusedWriteLeavesTheOldValueReadable() {
    load();
    beforeAnswer =
        () -> {
          store.put(ROUTE, value("route"), Previous.DISCARD);
          throw new StoreException.Unavailable("refused");
        };
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> cache.put(ROUTE, value("x"), Previous.DISCARD));

    assertThat(cache.get(ROUTE)).contains(value("route"));
    calls.clear();
    assertThat(cache.get(ROUTE)).contains(value("route"));
    assertThat(calls).as("kept again, because certainly nothing happened").isEmpty();
  }

  @Test
  void ifLoadingFailsTheCacheStaysOffAndEverythingWorks() {
    beforeAnswer =
        () -> {
          throw new StoreException.Unavailable("down");
        };
    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(cache::load);

    assertThat(cache.size()).isZero();
    assertThat(cache.get(ROUTE)).contains(value("route"));
    store.put(ROUTE, value("changed by somebody else"), Previous.DISCARD);
    assertThat(cache.get(ROUTE)).contains(value("changed by somebody else"));
  }

  @Test
  void aFencedViewSharesTheCache() {
    load();
    var view = cache.fencedBy(store.openTerm("node-1:3002"));

    view.put(ROUTE, value("through the view"), Previous.DISCARD);

    assertThat(cache.get(ROUTE)).contains(value("through the view"));
    calls.clear();
    assertThat(view.get(ROUTE)).contains(value("through the view"));
    assertThat(calls).isEmpty();
  }

  @Test
  void hitsMissesAndLoadsAreCounted() {
    cache.load();
    cache.batchGet(List.of(ROUTE, NAME, Bytes.utf8("__table_route/9"), INFO));
    cache.get(ROUTE);

    assertThat(metrics.total(MetricNames.KV_CACHE_HIT, "batch_get")).isEqualTo(2);
    assertThat(metrics.total(MetricNames.KV_CACHE_MISS, "batch_get"))
        .as("kinds that are not kept cannot be missed")
        .isEqualTo(1);
    assertThat(metrics.total(MetricNames.KV_CACHE_HIT, "get")).isEqualTo(1);
    for (Bytes prefix : LeaderCache.PREFIXES) {
      assertThat(metrics.observations(MetricNames.LEADER_CACHE_KV_LOAD, prefix.toUtf8()))
          .isEqualTo(1);
    }
  }
}
