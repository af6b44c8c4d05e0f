package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.application.port.Compare;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers are told when their write is not answered as usual. */
@Timeout(60)
final class FailedCommitTest {

  @TempDir Path directory;

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
}
