package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

@Timeout(60)
final class GroupCommitTest {

  @TempDir Path directory;

  @Test
  void givenManyWritersWhenTheyAreAnsweredThenEachAnswerComesAfterTheSyncOfItsGroup()
      throws Exception {
    RecordingProbe probe = new RecordingProbe();
    try (EmbeddedStore store = open(probe)) {
      inParallel(
          16,
          writer -> {
            for (int i = 0; i < 40; i++) {
              Texts.put(store, "writer-" + writer, "value-" + i);
              probe.answered();
            }
          });
    }

    int synced = 0;
    int answered = 0;
    int inSync = 0;
    for (RecordingProbe.Event event : probe.events()) {
      switch (event) {
        case RecordingProbe.Syncing(int requests) -> inSync = requests;
        case RecordingProbe.Synced() -> synced += inSync;
        case RecordingProbe.Answered() -> answered++;
      }
      assertThat(answered).as("answered, of %d synced", synced).isLessThanOrEqualTo(synced);
    }
    assertThat(answered).isEqualTo(16 * 40);
  }

  @Test
  void givenAWriteBeforeItsSyncWhenItIsReadThenItIsNotThereAndItsCallerStillWaits()
      throws Exception {
    HoldingProbe probe = new HoldingProbe();
    try (EmbeddedStore store = open(probe);
        probe) {
      FutureTask<Boolean> write = start(() -> Texts.put(store, "k", "v"));
      probe.awaitHeld();

      assertThat(Texts.get(store, "k")).isEqualTo("(missing)");
      assertThat(write.isDone()).isFalse();

      probe.release();
      write.get();
      assertThat(Texts.get(store, "k")).isEqualTo("v");
    }
  }

  @Test
  void givenOneWriterWhenItWritesThenEachWriteCostsExactlyOneSyncOfTheLog() throws Exception {
    try (Statistics native_ = new Statistics();
        EmbeddedStore store =
            EmbeddedStore.open(
                directory.resolve("store"),
                EmbeddedOptions.DEFAULT,
                CommitProbe.NONE,
                tuning -> tuning.setStatistics(native_))) {
      EmbeddedStoreStats before = store.stats();
      long nativeBefore = native_.getTickerCount(TickerType.WAL_FILE_SYNCED);

      for (int i = 0; i < 100; i++) {
        Texts.put(store, "k" + i % 7, "v" + i);
      }

      assertThat(store.stats().syncs() - before.syncs()).isEqualTo(100);
      assertThat(native_.getTickerCount(TickerType.WAL_FILE_SYNCED) - nativeBefore).isEqualTo(100);
    }
  }

  @Test
  void givenManyWritersAtOnceWhenTheyWriteThenTheyShareSyncs() throws Exception {
    try (EmbeddedStore store = open(CommitProbe.NONE)) {
      inParallel(
          64,
          writer -> {
            for (int i = 0; i < 50; i++) {
              Texts.put(store, "writer-" + writer, "value-" + i);
            }
          });

      EmbeddedStoreStats stats = store.stats();
      assertThat(stats.requests()).isEqualTo(64 * 50);
      assertThat(stats.syncs()).isLessThan(64 * 50 / 4);
      assertThat(stats.largestGroup()).isGreaterThan(4);
      assertThat(Texts.content(store))
          .hasSize(64)
          .allSatisfy((k, v) -> assertThat(v).isEqualTo("value-49"));
    }
  }

  @Test
  void givenWritesThatChangeNothingWhenTheyAreAnsweredThenNothingIsSynced() {
    try (EmbeddedStore store = open(CommitProbe.NONE)) {
      Texts.put(store, "k", "v");
      long before = store.stats().syncs();

      assertThat(
              store.compareAndPut(new Compare.Absent(Bytes.utf8("k")), Bytes.utf8("w")).current())
          .contains(Bytes.utf8("v"));
      assertThat(store.batchPut(List.of(), Previous.RETURN)).isEmpty();
      assertThat(store.txn(Txn.always(List.of())).succeeded()).isTrue();

      assertThat(store.stats().syncs()).isEqualTo(before);
    }
  }

  @Test
  void givenRequestsOfOneGroupWhenTheyBuildOnEachOtherThenEachSeesTheOnesBefore() throws Exception {
    HoldingProbe probe = new HoldingProbe();
    try (EmbeddedStore store = open(probe);
        probe) {
      FutureTask<Boolean> first = start(() -> Texts.put(store, "first", "1"));
      probe.awaitHeld();
      // All of these queue up behind the first and end up in one group.
      List<FutureTask<Boolean>> claims =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      new FutureTask<>(
                          () ->
                              store
                                  .compareAndPut(
                                      new Compare.Absent(Bytes.utf8("claimed")),
                                      Bytes.utf8("by " + i))
                                  .success()))
              .toList();
      claims.forEach(claim -> Thread.ofVirtual().start(claim));

      probe.release();
      first.get();
      int winners = 0;
      for (FutureTask<Boolean> claim : claims) {
        winners += claim.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  @Test
  void givenADiskThatFailsWhenAGroupIsWrittenThenItsOutcomeIsUnknownAndNoWriteFollows() {
    AtomicBoolean failing = new AtomicBoolean();
    CommitProbe probe =
        new CommitProbe() {
          @Override
          public void afterSync() {
            if (failing.get()) {
              throw new StoreException.Unavailable("the disk is gone (made up)");
            }
          }
        };
    try (EmbeddedStore store = open(probe)) {
      Texts.put(store, "before", "1");
      failing.set(true);

      assertThatExceptionOfType(StoreException.UnknownOutcome.class)
          .isThrownBy(() -> Texts.put(store, "during", "2"))
          .withMessageContaining("made up")
          .withMessageContaining("restart");
      failing.set(false);
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> Texts.put(store, "after", "3"))
          .withMessageContaining("nothing changed");
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> store.openTerm("node-1:3002"));
      assertThat(Texts.get(store, "before")).isEqualTo("1");
    }
    try (EmbeddedStore store = open(CommitProbe.NONE)) {
      assertThat(Texts.content(store)).containsEntry("before", "1").doesNotContainKey("after");
      Texts.put(store, "after", "4");
      assertThat(Texts.get(store, "after")).isEqualTo("4");
    }
  }

  @Test
  void givenARequestInAFailedGroupThatChangedNothingThenItSaysSo() throws Exception {
    HoldingProbe holding = new HoldingProbe();
    AtomicBoolean firstDone = new AtomicBoolean();
    CommitProbe probe =
        new CommitProbe() {
          @Override
          public void beforeSync(int requests) {
            if (firstDone.compareAndSet(false, true)) {
              holding.beforeSync(requests);
            } else {
              throw new StoreException.Unavailable("the disk is gone (made up)");
            }
          }
        };
    try (EmbeddedStore store = open(probe);
        holding) {
      FutureTask<Boolean> first = start(() -> Texts.put(store, "k", "1"));
      holding.awaitHeld();
      FutureTask<Boolean> changing = start(() -> Texts.put(store, "l", "2"));
      FutureTask<Boolean> unchanging =
          start(() -> store.compareAndPut(new Compare.Absent(Bytes.utf8("k")), Bytes.utf8("3")));

      holding.release();
      first.get();
      assertFailedWith(changing, StoreException.UnknownOutcome.class);
      // Depending on when it was queued it was answered before, with or after the failed group.
      Throwable other = catchThrowable(unchanging::get);
      if (other != null) {
        assertThat(other.getCause()).isInstanceOf(StoreException.Unavailable.class);
      }
    }
  }

  @Test
  void givenAWriteWaitingForItsTurnWhenItsCallerIsInterruptedThenItIsNeverCarriedOut()
      throws Exception {
    HoldingProbe probe = new HoldingProbe();
    try (EmbeddedStore store = open(probe);
        probe) {
      FutureTask<Boolean> first = start(() -> Texts.put(store, "first", "1"));
      probe.awaitHeld();
      AtomicBoolean stillInterrupted = new AtomicBoolean();
      FutureTask<Boolean> second =
          new FutureTask<>(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  Texts.put(store, "second", "2");
                } finally {
                  stillInterrupted.set(Thread.currentThread().isInterrupted());
                }
              },
              true);
      Thread.ofVirtual().start(second);
      assertFailedWith(second, StoreException.Unavailable.class);
      assertThat(stillInterrupted).isTrue();

      probe.release();
      first.get();
      Texts.put(store, "third", "3");
      assertThat(Texts.content(store)).containsOnlyKeys("first", "third");
    }
  }

  @Test
  void givenAWriteBeingSyncedWhenItsCallerIsInterruptedThenItsOutcomeIsUnknown() throws Exception {
    HoldingProbe probe = new HoldingProbe();
    try (EmbeddedStore store = open(probe);
        probe) {
      FutureTask<Boolean> write = new FutureTask<>(() -> Texts.put(store, "k", "v"), true);
      Thread caller = Thread.ofVirtual().start(write);
      probe.awaitHeld();
      caller.interrupt();

      assertFailedWith(write, StoreException.UnknownOutcome.class);
      probe.release();
    }
    try (EmbeddedStore store = open(CommitProbe.NONE)) {
      assertThat(Texts.get(store, "k")).isEqualTo("v");
    }
  }

  @Test
  void givenADiskThatDoesNotAnswerWhenACallHasWaitedLongEnoughThenItIsGivenUp() throws Exception {
    HoldingProbe probe = new HoldingProbe();
    EmbeddedOptions impatient = EmbeddedOptions.DEFAULT.withCallTimeout(Duration.ofMillis(200));
    try (EmbeddedStore store =
            EmbeddedStore.open(directory.resolve("store"), impatient, probe, tuning -> {});
        probe) {
      assertThatExceptionOfType(StoreException.UnknownOutcome.class)
          .isThrownBy(() -> Texts.put(store, "written", "1"))
          .withMessageContaining("check the disk");
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> Texts.put(store, "queued", "2"))
          .withMessageContaining("nothing changed");
      assertThat(Texts.get(store, "written")).isEqualTo("(missing)");
    }
    try (EmbeddedStore store = open(CommitProbe.NONE)) {
      assertThat(Texts.content(store)).containsOnlyKeys("written");
    }
  }

  private EmbeddedStore open(CommitProbe probe) {
    return EmbeddedStore.open(
        directory.resolve("store"), EmbeddedOptions.DEFAULT, probe, tuning -> {});
  }

  private static FutureTask<Boolean> start(Runnable write) {
    FutureTask<Boolean> task = new FutureTask<>(write, true);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void assertFailedWith(
      FutureTask<?> task, Class<? extends StoreException> expected) {
    assertThatThrownBy(task::get).cause().isInstanceOf(expected);
  }

  private interface Writer {
    void write(int number);
  }

  private static void inParallel(int writers, Writer body) throws Exception {
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int number = i;
      tasks.add(start(() -> body.write(number)));
    }
    for (FutureTask<Boolean> task : tasks) {
      task.get();
    }
  }
}
