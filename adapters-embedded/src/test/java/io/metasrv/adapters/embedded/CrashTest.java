package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 shows atomicity, and that no acknowledgement runs ahead of the log; that the log has
 * reached the disk is {@link LogDurabilityTest}'s matter.
 */
final class CrashTest {

  private static final int MOST_ACKNOWLEDGED = 120;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  @DisplayName("sheet 02 case 44: kill -9 during transactions leaves all or none of each")
  void givenAStoreKilledWhileItWritesWhenReopenedThenEveryAcknowledgedWriteIsThereAndNoneIsTorn()
      throws Exception {
    killRepeatedly(20, 20261123);
  }

  @Test
  @Tag("long")
  @Timeout(3600)
  @DisplayName("sheet 02 case 44, long: 300 kills")
  void givenAStoreKilledManyTimesWhenReopenedThenNothingIsLostOrTorn() throws Exception {
    killRepeatedly(300, System.nanoTime());
  }

  private void killRepeatedly(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    SortedMap<Integer, Long> acknowledged = new TreeMap<>();
    long total = 0;
    for (int kill = 0; kill < kills; kill++) {
      // Now and then the moment is before the store is even open.
      boolean whileOpening = kill % 8 == 3;
      total += runAndKill(random, whileOpening, acknowledged);
      try (EmbeddedStore store = EmbeddedStore.open(store(), CrashWriter.smallBuffers())) {
        SortedMap<Integer, Long> found = CrashWriter.verify(store);
        acknowledged.forEach(
            (family, round) ->
                assertThat(found.getOrDefault(family, 0L))
                    .as("round of family %d, seed %d", family, seed)
                    .isGreaterThanOrEqualTo(round));
        acknowledged.putAll(found);
      }
    }
    assertThat(total).as("acknowledged rounds").isGreaterThan(kills);
  }

  private long runAndKill(
      Random random, boolean whileOpening, SortedMap<Integer, Long> acknowledged)
      throws IOException, InterruptedException {
    long count = 0;
    try (ChildProcess child =
        ChildProcess.start(
            List.of(), CrashWriter.class, store().toString(), Long.toString(random.nextLong()))) {
      long killAfter = whileOpening ? 0 : 1 + random.nextInt(MOST_ACKNOWLEDGED);
      Optional<String> line = child.readLine();
      while (line.isPresent()) {
        if (line.get().startsWith("ACK ")) {
          String[] words = line.get().split(" ", -1);
          acknowledged.merge(Integer.valueOf(words[1]), Long.valueOf(words[2]), Math::max);
          count++;
        } else if (!line.get().startsWith("OPEN") && !line.get().contains(" INFO ")) {
          throw new AssertionError("the child says: " + line.get());
        }
        if (count >= killAfter) {
          // Lines already in the pipe were acknowledged before the kill and still count.
          child.kill();
        }
        line = child.readLine();
      }
    }
    return count;
  }

  private Path store() {
    return directory.resolve("store");
  }
}
