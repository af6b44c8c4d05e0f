package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.procedure.journal.Journal;
import io.metasrv.application.procedure.journal.ProcedureRecordCodec;
import io.metasrv.application.procedure.journal.RecordScan;
import io.metasrv.application.procedure.journal.RunJournal;
import io.metasrv.application.procedure.journal.StoredProcedure;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.simulation.procedure.WatchedStore.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Records under trouble: a record is there as a whole or not at all, and none is torn by another.
 */
class JournalTest {

  private static final ProcedureId ID = Lab.id(1);
  private static final int LIMIT = 1_000;

  private final WatchedStore.Watch watch = new WatchedStore.Watch();

  private static RunJournal begin(KeyValueStore store) {
    return new Journal(store, LIMIT).begin(ID, Optional.empty(), Toy.TYPE);
  }

  private static List<String> names(KeyValueStore store) {
    Bytes prefix = ProcedureRecordKey.prefix(ID);
    return store.range(KeyRange.prefix(prefix), RangeOptions.ALL).kvs().stream()
        .map(pair -> pair.key().substring(prefix.size()).toUtf8())
        .toList();
  }

  private static String dumpOf(KeyValueStore store) {
    RecordScan scan = new RecordScan(store);
    return ProcedureRecordCodec.decode(scan.read(scan.of(ID).orElseThrow())).data();
  }

  private static RunJournal resume(KeyValueStore store) {
    StoredProcedure stored = new RecordScan(store).of(ID).orElseThrow();
    return new Journal(store, LIMIT).resume(stored, Toy.TYPE);
  }

  @Test
  void givenAWriteThatTookPlaceInSilenceThenItCountsAsWritten() {
    WatchedStore store = new WatchedStore(new InMemoryStore(), watch);
    RunJournal journal = begin(store);
    watch.fate = call -> call.startsWith("put") ? Fate.DONE_IN_SILENCE : Fate.DONE;

    journal.persist("a");
    journal.commit();

    assertThat(names(store)).containsExactly("0000000000.step", "0000000001.commit");
  }

  @Test
  void givenAWriteThatMayArriveLateThenItsNumberIsNotUsedAgain() {
    WatchedStore store = new WatchedStore(new InMemoryStore(), watch);
    RunJournal journal = begin(store);
    watch.fate = call -> call.startsWith("put") ? Fate.LOST : Fate.DONE;
    assertThatThrownBy(() -> journal.persist("a"))
        .isInstanceOf(ServiceException.class)
        .hasMessage(
            "Failed to put state, key: '/__procedure__/procedure/%s/0000000000.step'".formatted(ID))
        .extracting(error -> ((ServiceException) error).code())
        .isEqualTo(StatusCode.INTERNAL);

    watch.fate = call -> Fate.DONE;
    journal.persist("b");

    assertThat(names(store)).containsExactly("0000000001.step");
    assertThat(journal.keys())
        .as("what may still arrive is removed with the rest")
        .contains(new ProcedureRecordKey(ID, 0, ProcedureRecordKey.Kind.STEP).toBytes());
  }

  @Test
  void givenAWriteThatWasRefusedThenItsNumberIsUsedAgain() {
    WatchedStore store = new WatchedStore(new InMemoryStore(), watch);
    RunJournal journal = begin(store);
    watch.fate = call -> Fate.REFUSED;
    assertThatThrownBy(() -> journal.persist("a")).isInstanceOf(ServiceException.class);

    watch.fate = call -> Fate.DONE;
    journal.persist("b");

    assertThat(names(store)).containsExactly("0000000000.step");
    assertThat(dumpOf(store)).isEqualTo("b");
  }

  @Test
  void givenALongRecordThatIsReplacedByAShortOneThenNoPieceOfItIsLeft() {
    InMemoryStore store = new InMemoryStore();
    begin(store).persist("x".repeat(5 * LIMIT));
    assertThat(names(store)).hasSize(6);

    resume(store).persist("short");

    assertThat(names(store)).containsExactly("0000000000.step");
    assertThat(dumpOf(store)).isEqualTo("short");
  }

  @Test
  void givenARecordThatCannotBeReplacedAtOnceThenTheNextNumberIsUsed() {
    InMemoryStore store = new InMemoryStore(3, KeyValueStore.MIN_MAX_VALUE_BYTES);
    begin(store).persist("x".repeat(5 * LIMIT));

    resume(store).persist("short");

    assertThat(names(store)).hasSize(7).contains("0000000001.step");
    assertThat(dumpOf(store)).isEqualTo("short");
  }

  @Test
  void givenARecordOfManyPiecesThenACrashAtAnyPointLeavesTheOldOrTheNew() {
    String before = "a".repeat(3 * LIMIT);
    String after = "b".repeat(7 * LIMIT);
    everyCrash(
        journal -> journal.persist(before),
        journal -> journal.persist(after),
        store -> assertThat(dumpOf(store)).isIn(before, after));
  }

  @Test
  void givenARemovalThenACrashAtAnyPointNeverShowsAnOlderRecord() {
    for (int maxTxnOps : List.of(2, 3, 200)) {
      InMemoryStore content = new InMemoryStore(maxTxnOps, KeyValueStore.MIN_MAX_VALUE_BYTES);
      RunJournal journal = begin(content);
      for (int i = 0; i < 12; i++) {
        journal.persist("state " + i);
      }
      List<Bytes> keys = journal.keys();
      List<KeyValue> all = content.batchGet(keys);
      for (int stop = 0; stop <= keys.size(); stop++) {
        InMemoryStore store = new InMemoryStore(maxTxnOps, KeyValueStore.MIN_MAX_VALUE_BYTES);
        all.forEach(pair -> store.put(pair.key(), pair.value(), Previous.DISCARD));
        Journal.inOrderOfRemoval(keys).stream()
            .limit(stop)
            .forEach(key -> store.delete(key, Previous.DISCARD));
        assertThat(new RecordScan(store).of(ID).map(stored -> stored.newest().key().step()))
            .isEqualTo(stop == keys.size() ? Optional.empty() : Optional.of(11L));
      }
    }
  }

  @Test
  void givenASmallStoreThenTheHistoryIsWrittenBeforeAnythingIsRemoved() {
    WatchedStore store =
        new WatchedStore(new InMemoryStore(2, KeyValueStore.MIN_MAX_VALUE_BYTES), watch);
    RunJournal journal = begin(store);
    journal.persist("a");
    journal.persist("b");
    journal.commit();
    KeyValue history = new KeyValue(Bytes.utf8("__metasrv/h"), Bytes.utf8("{}"));
    watch.writes.clear();

    new Journal(store, LIMIT).replace(List.of(history), journal.keys());

    assertThat(watch.writes).hasSize(2);
    assertThat(watch.writes.getFirst()).isEqualTo("put __metasrv/h 2");
    assertThat(watch.writes.getLast()).endsWith("0000000002.commit");
    assertThat(names(store)).isEmpty();
  }

  /** Does the second thing up to every one of its writes and looks at what the store holds then. */
  private static void everyCrash(
      Consumer<RunJournal> first, Consumer<RunJournal> second, Consumer<KeyValueStore> check) {
    List<Integer> reached = new ArrayList<>();
    for (int crashAt = 0; crashAt < 50; crashAt++) {
      int limit = crashAt;
      WatchedStore.Watch watch = new WatchedStore.Watch();
      InMemoryStore content = new InMemoryStore(3, KeyValueStore.MIN_MAX_VALUE_BYTES);
      WatchedStore store = new WatchedStore(content, watch);
      RunJournal journal = begin(store);
      first.accept(journal);
      watch.writes.clear();
      watch.fate = call -> watch.writes.size() < limit ? Fate.DONE : Fate.REFUSED;
      try {
        second.accept(journal);
        reached.add(watch.writes.size());
      } catch (ServiceException crashed) {
        assertThat(crashed.isRetryable()).isFalse();
      }
      check.accept(content);
    }
    assertThat(reached).as("the last rounds come to an end").isNotEmpty();
    assertThat(reached.getFirst()).isGreaterThan(1);
  }
}
