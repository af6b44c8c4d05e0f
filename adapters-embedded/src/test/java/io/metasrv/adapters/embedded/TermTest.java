package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.port.Fence;
import io.metasrv.domain.error.StoreException;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TermTest {

  @TempDir Path directory;

  @Test
  void givenARestartWhenATermBeginsThenItsNumberGoesOnFromTheLast() {
    assertThat(openTermAndStop()).isEqualTo(1);
    assertThat(openTermAndStop()).isEqualTo(2);
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      store.openTerm("node-1:3002");
      assertThat(store.openTerm("node-1:3002").describe()).contains("term 4", "node-1:3002");
    }
  }

  @Test
  void givenAFenceFromBeforeARestartThenItIsNotTaken() {
    Fence old;
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      old = store.openTerm("node-1:3002");
    }
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      assertThatIllegalArgumentException().isThrownBy(() -> store.fencedBy(old));
    }
  }

  @Test
  void givenATermThatWasGivenUpThenItsWritesAreRefusedThoughNoOtherBegan() {
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      Fence fence = store.openTerm("node-1:3002");
      Texts.put(store.fencedBy(fence), "during", "1");
      store.closeTerm(fence);
      assertThatExceptionOfType(StoreException.FencedOut.class)
          .isThrownBy(() -> Texts.put(store.fencedBy(fence), "after", "2"))
          .withMessageContaining("given up");
      assertThat(Texts.content(store)).containsOnlyKeys("during");
    }
  }

  @Test
  void givenAWriteAlreadyUnderWayWhenItsTermEndsThenTheEndWaitsForItAndTheNextIsRefused()
      throws Exception {
    HoldingProbe probe = new HoldingProbe();
    AtomicReference<CommitProbe> active = new AtomicReference<>(CommitProbe.NONE);
    try (EmbeddedStore store =
            EmbeddedStore.open(
                directory,
                EmbeddedOptions.DEFAULT,
                new CommitProbe() {
                  @Override
                  public void beforeSync(int requests) {
                    active.get().beforeSync(requests);
                  }
                },
                tuning -> {});
        probe) {
      Fence fence = store.openTerm("node-1:3002");
      active.set(probe);
      FutureTask<Boolean> before = started(() -> Texts.put(store.fencedBy(fence), "before", "1"));
      probe.awaitHeld();
      FutureTask<Boolean> end = started(() -> store.closeTerm(fence));

      assertThat(end.isDone()).isFalse();
      probe.release();
      before.get();
      end.get();
      assertThatExceptionOfType(StoreException.FencedOut.class)
          .isThrownBy(() -> Texts.put(store.fencedBy(fence), "after", "2"));
      assertThat(Texts.content(store)).containsOnlyKeys("before");
    }
  }

  @Test
  void givenAViewOfAViewThenBothTermsHaveToHold() {
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      Fence first = store.openTerm("node-1:3002");
      Fence second = store.openTerm("node-1:3002");
      assertThatExceptionOfType(StoreException.FencedOut.class)
          .isThrownBy(() -> Texts.put(store.fencedBy(first).fencedBy(second), "k", "v"));
      Texts.put(store.fencedBy(second).fencedBy(second), "k", "v");
      assertThat(Texts.get(store, "k")).isEqualTo("v");
    }
  }

  @Test
  void givenAClosedStoreOrAnInterruptedCallerWhenATermEndsThenNothingIsThrown() throws Exception {
    EmbeddedStore store = EmbeddedStore.open(directory);
    Fence fence = store.openTerm("node-1:3002");
    store.close();
    store.closeTerm(fence);

    FutureTask<Boolean> interrupted =
        new FutureTask<>(
            () -> {
              try (EmbeddedStore other = EmbeddedStore.open(directory.resolve("other"))) {
                Fence ending = other.openTerm("node-2:3002");
                Thread.currentThread().interrupt();
                other.closeTerm(ending);
                boolean kept = Thread.interrupted();
                assertThatExceptionOfType(StoreException.FencedOut.class)
                    .isThrownBy(() -> Texts.put(other.fencedBy(ending), "k", "v"));
                return kept;
              }
            });
    Thread.ofVirtual().start(interrupted);
    assertThat(interrupted.get()).isTrue();
  }

  private static FutureTask<Boolean> started(Runnable body) {
    FutureTask<Boolean> task = new FutureTask<>(body, true);
    Thread.ofVirtual().start(task);
    return task;
  }

  private long openTermAndStop() {
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      return store.ours(store.openTerm("node-1:3002")).number();
    }
  }
}
