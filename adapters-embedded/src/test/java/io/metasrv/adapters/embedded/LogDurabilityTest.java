package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power failure leaves is what was synced, plus any part of what was not. Each sync's length
 * of the log is noted; the log cut to that length, or anywhere between it and the next, has to hold
 * everything that was acknowledged after that sync.
 */
@Timeout(120)
final class LogDurabilityTest {

  private static final int WRITERS = 6;
  private static final int WRITES_EACH = 25;

  @TempDir Path directory;

  /** One answered write. */
  private record Acknowledged(String key, int value, int syncs) {}

  @Test
  void givenTheLogCutAtAnySyncWhenReopenedThenEverythingAcknowledgedByThenIsThere()
      throws Exception {
    List<Long> lengths = new CopyOnWriteArrayList<>();
    ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    Path original = directory.resolve("store");
    Path copy = directory.resolve("copy");
    try (EmbeddedStore store =
        EmbeddedStore.open(original, EmbeddedOptions.DEFAULT, noting(original, lengths), t -> {})) {
      writeAll(store, lengths, acknowledged);
      // Nobody writes now, and nothing has been moved out of the log yet.
      StoreFiles.copy(original, copy);
    }
    assertThat(acknowledged).hasSize(WRITERS * WRITES_EACH);
    assertThat(lengths).isSorted().hasSizeGreaterThanOrEqualTo(WRITES_EACH);

    Random random = new Random(7);
    for (int sync = 0; sync < lengths.size(); sync += 1 + random.nextInt(4)) {
      assertEverythingAcknowledged(copy, lengths.get(sync), sync + 1, acknowledged);
      if (sync + 1 < lengths.size()) {
        long torn = random.nextLong(lengths.get(sync), lengths.get(sync + 1));
        assertEverythingAcknowledged(copy, torn, sync + 1, acknowledged);
      }
    }
    Path all = directory.resolve("all");
    StoreFiles.copy(copy, all);
    StoreFiles.truncate(StoreFiles.log(all), lengths.getLast());
    try (EmbeddedStore store = EmbeddedStore.open(all)) {
      assertThat(Texts.content(store))
          .hasSize(WRITERS)
          .allSatisfy((key, value) -> assertThat(value).startsWith(WRITES_EACH + ":"));
    }
  }

  private static CommitProbe noting(Path store, List<Long> lengths) {
    return new CommitProbe() {
      @Override
      public void afterSync() {
        try {
          lengths.add(Files.size(StoreFiles.log(store)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static void writeAll(
      EmbeddedStore store, List<Long> lengths, ConcurrentLinkedQueue<Acknowledged> acknowledged)
      throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String key = "writer-" + writer;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int value = 1; value <= WRITES_EACH; value++) {
                      Texts.put(store, key, value + ":" + "x".repeat(value * 37));
                      acknowledged.add(new Acknowledged(key, value, lengths.size()));
                    }
                  }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private void assertEverythingAcknowledged(
      Path copy, long length, int syncs, Iterable<Acknowledged> acknowledged) throws IOException {
    SortedMap<String, Integer> expected = new TreeMap<>();
    for (Acknowledged write : acknowledged) {
      if (write.syncs() <= syncs) {
        expected.merge(write.key(), write.value(), Math::max);
      }
    }
    Path cut = directory.resolve("cut-" + syncs + "-" + length);
    StoreFiles.copy(copy, cut);
    StoreFiles.truncate(StoreFiles.log(cut), length);
    try (EmbeddedStore store = EmbeddedStore.open(cut)) {
      SortedMap<String, String> content = Texts.content(store);
      expected.forEach(
          (key, value) ->
              assertThat(Integer.parseInt(content.getOrDefault(key, "0:").split(":", -1)[0]))
                  .as("%s with the log cut to %d bytes", key, length)
                  .isGreaterThanOrEqualTo(value));
    }
  }
}
