package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
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

  private EmbeddedStore open(CommitProbe probe) {
    return EmbeddedStore.open(
        directory.resolve("store"), EmbeddedOptions.DEFAULT, probe, tuning -> {});
  }

  private static FutureTask<Boolean> start(Runnable write) {
    FutureTask<Boolean> task = new FutureTask<>(write, true);
    Thread.ofVirtual().start(task);
    return task;
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
