package io.metasrv.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Task;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time passes when the test says so, and only then. */
@Timeout(30)
final class ManualRuntimeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ManualRuntime runtime = new ManualRuntime();

  @Test
  void bothClocksStandStillUntilMoved() {
    MonotonicTime start = runtime.monotonic();
    Instant wallStart = runtime.wallClock();
    assertThat(runtime.monotonic()).isEqualTo(start);

    runtime.advance(Duration.ofSeconds(7));

    assertThat(runtime.monotonic().since(start)).isEqualTo(Duration.ofSeconds(7));
    assertThat(Duration.between(wallStart, runtime.wallClock())).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void theWallClockCanBeSetAlone() {
    MonotonicTime start = runtime.monotonic();

    runtime.setWallClock(Instant.EPOCH);

    assertThat(runtime.wallClock()).isEqualTo(Instant.EPOCH);
    assertThat(runtime.monotonic()).isEqualTo(start);
  }

  @Test
  void aSleepEndsOnceTheClockWasMovedFarEnough() throws InterruptedException {
    MonotonicTime start = runtime.monotonic();
    AtomicReference<Duration> woken = new AtomicReference<>(Duration.ZERO);
    Task sleeper =
        runtime.start(
            "sleeper",
            () -> {
              runtime.sleep(Duration.ofHours(1));
              woken.set(runtime.monotonic().since(start));
            });

    while (!sleeper.isDone()) {
      runtime.advance(Duration.ofMinutes(1));
    }

    assertThat(sleeper.failure()).isEmpty();
    assertThat(woken.get()).isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void aCancelledSleepEndsAtOnce() throws InterruptedException {
    Task sleeper = runtime.start("sleeper", () -> runtime.sleep(Duration.ofDays(1)));

    sleeper.cancel();

    assertThat(sleeper.join(PATIENCE)).isTrue();
  }

  @Test
  void aPromiseIsWaitedForByTheManualClock() throws InterruptedException {
    Promise<String> never = runtime.promise();
    assertThat(never.await(Duration.ZERO)).isEmpty();
    AtomicReference<Optional<String>> seen = new AtomicReference<>(Optional.of("not yet"));
    Task waiter = runtime.start("waiter", () -> seen.set(never.await(Duration.ofSeconds(5))));

    while (!waiter.isDone()) {
      runtime.advance(Duration.ofSeconds(5));
    }

    assertThat(seen.get()).isEmpty();
    assertThat(never.isSettled()).isFalse();
  }

  @Test
  void theFirstSettlementOfAPromiseCounts() throws InterruptedException {
    Promise<String> kept = runtime.promise();
    assertThat(kept.complete("value")).isTrue();
    assertThat(kept.fail(new IllegalStateException("late"))).isFalse();
    assertThat(kept.await()).isEqualTo("value");

    Promise<String> broken = runtime.promise();
    broken.fail(new IllegalStateException("first"));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> broken.await(Duration.ofSeconds(1)))
        .withMessage("first");
  }

  @Test
  void equalSeedsGiveEqualChance() {
    assertThat(new ManualRuntime(5).random().nextLong())
        .isEqualTo(new ManualRuntime(5).random().nextLong());
    assertThat(new ManualRuntime(5).newUuid()).isEqualTo(new ManualRuntime(5).newUuid());
    assertThat(new ManualRuntime(5).newUuid().version()).isEqualTo(4);
  }
}
