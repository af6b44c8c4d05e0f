package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ClosingTest {

  private static final Bytes KEY = Bytes.utf8("k");

  @TempDir Path directory;

  @Test
  void givenAClosedStoreThenEveryCallIsRefusedAndClosingAgainDoesNothing() {
    EmbeddedStore store = EmbeddedStore.open(directory);
    store.close();
    store.close();

    assertClosed(() -> store.get(KEY));
    assertClosed(() -> store.batchGet(List.of(KEY)));
    assertClosed(() -> store.range(KeyRange.all(), RangeOptions.ALL));
    assertClosed(() -> store.put(KEY, KEY, Previous.RETURN));
    assertClosed(() -> store.delete(KEY, Previous.DISCARD));
    assertClosed(() -> store.deleteRange(KeyRange.all(), Previous.DISCARD));
    assertClosed(() -> store.compareAndPut(new Compare.Absent(KEY), KEY));
    assertClosed(() -> store.txn(Txn.always(List.of(new Op.Get(KEY)))));
    assertClosed(() -> store.openTerm("node-1:3002"));
    assertClosed(() -> store.checkpoint(directory.resolve("copy")));
    assertClosed(store::verifyChecksums);
    assertThat(store.stats().requests()).isZero();
  }

  @Test
  void givenCallsUnderWayWhenTheStoreIsClosedThenEachIsCarriedOutOrRefused() throws Exception {
    for (int round = 0; round < 10; round++) {
      Path path = directory.resolve("store-" + round);
      EmbeddedStore store = EmbeddedStore.open(path);
      Texts.put(store, "k", "v");
      List<FutureTask<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String key = "writer-" + i;
        boolean writes = i % 2 == 0;
        FutureTask<Integer> caller =
            new FutureTask<>(() -> writes ? writeUntilClosed(store, key) : readUntilClosed(store));
        (i % 3 == 0 ? Thread.ofPlatform() : Thread.ofVirtual()).start(caller);
        callers.add(caller);
      }
      while (store.stats().requests() < 20 + round * 10) {
        Thread.onSpinWait();
      }
      store.close();

      try (EmbeddedStore reopened = EmbeddedStore.open(path)) {
        for (int i = 0; i < 12; i++) {
          int done = callers.get(i).get();
          if (i % 2 == 0 && done > 0) {
            assertThat(Texts.get(reopened, "writer-" + i)).isEqualTo(Integer.toString(done));
          }
        }
      }
    }
  }

  @Test
  void givenAHundredStartsAndStopsThenNoThreadAndNoFileIsLeftOpen() throws Exception {
    EmbeddedStore.open(directory).close();
    long filesBefore = openFiles();
    for (int i = 0; i < 100; i++) {
      try (EmbeddedStore store = EmbeddedStore.open(directory)) {
        Texts.put(store, "k", "v" + i);
      }
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("embedded-store")))
        .isEmpty();
    assertThat(openFiles()).isLessThan(filesBefore + 10);
  }

  private static int writeUntilClosed(EmbeddedStore store, String key) {
    int done = 0;
    try {
      while (true) {
        Texts.put(store, key, Integer.toString(done + 1));
        done++;
      }
    } catch (StoreException.Unavailable closed) {
      assertThat(closed).hasMessageContaining("is closed");
      return done;
    }
  }

  private static int readUntilClosed(EmbeddedStore store) {
    int done = 0;
    try {
      while (true) {
        assertThat(Texts.content(store)).containsEntry("k", "v");
        assertThat(Texts.get(store, "k")).isEqualTo("v");
        done++;
      }
    } catch (StoreException.Unavailable closed) {
      assertThat(closed).hasMessageContaining("is closed");
      return done;
    }
  }

  private static void assertClosed(ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(call)
        .withMessageContaining("is closed");
  }

  private static long openFiles() throws Exception {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }
}
