package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CheckpointTest {

  @TempDir Path directory;

  @Test
  void givenACheckpointThenItOpensAsAStoreByItselfAndTheTwoGoTheirOwnWays() {
    Path copy = directory.resolve("backup/checkpoint");
    SortedMap<String, String> content = new TreeMap<>();
    try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("store"))) {
      store.openTerm("node-1:3002");
      for (int i = 0; i < 500; i++) {
        Texts.put(store, "k" + i, "v" + i);
        content.put("k" + i, "v" + i);
      }
      store.checkpoint(copy);
      Texts.put(store, "later", "only in the original");

      try (EmbeddedStore opened = EmbeddedStore.open(copy)) {
        assertThat(Texts.content(opened)).isEqualTo(content);
        assertThat(opened.ours(opened.openTerm("node-2:3002")).number()).isEqualTo(2);
        Texts.put(opened, "own", "only in the copy");
        opened.verifyChecksums();
      }
      assertThat(Texts.get(store, "own")).isEqualTo("(missing)");
    }
  }

  @Test
  void givenWritesGoingOnWhenACheckpointIsTakenThenItHoldsAMomentBetweenCallAndReturn()
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger acknowledged = new AtomicInteger();
    try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("store"))) {
      FutureTask<Boolean> writer =
          new FutureTask<>(
              () -> {
                while (!stop.get()) {
                  int next = acknowledged.get() + 1;
                  Texts.put(store, "counter", Integer.toString(next));
                  acknowledged.set(next);
                }
              },
              true);
      Thread.ofVirtual().start(writer);
      for (int round = 0; round < 5; round++) {
        int before = acknowledged.get();
        Path copy = directory.resolve("copy-" + round);
        store.checkpoint(copy);
        int after = acknowledged.get() + 1;
        try (EmbeddedStore opened = EmbeddedStore.open(copy)) {
          String counter = Texts.get(opened, "counter");
          assertThat(counter.equals("(missing)") ? 0 : Integer.parseInt(counter))
              .isBetween(before, after);
        }
      }
      stop.set(true);
      writer.get();
      assertThat(acknowledged.get()).isPositive();
    }
  }

  @Test
  void givenATargetThatExistsOrCannotBeWrittenThenTheErrorNamesItAndTheStoreGoesOn()
      throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("store"))) {
      assertThatExceptionOfType(StoreException.Rejected.class)
          .isThrownBy(() -> store.checkpoint(directory))
          .withMessageContaining(directory.toString());
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> store.checkpoint(file.resolve("below")))
          .withMessageContaining(file.toString());
      Texts.put(store, "k", "v");
      assertThat(Texts.get(store, "k")).isEqualTo("v");
    }
  }
}
