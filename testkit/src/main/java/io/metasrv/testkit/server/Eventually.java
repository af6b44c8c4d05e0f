package io.metasrv.testkit.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Bounded polling, for tests against real servers only: they have no clock a test could move. All
 * other tests use the test's own time.
 */
public final class Eventually {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  /**
   * Asks again and again until the answer is there, and fails the test once the time is up.
   *
   * @param what for the failure: what was waited for
   * @param answer asked every {@code 20 ms}; an exception it throws counts as no answer yet
   */
  public static <T> T present(String what, Duration atMost, Callable<Optional<T>> answer) {
    long deadline = System.nanoTime() + atMost.toNanos();
    @Nullable Exception last = null;
    do {
      try {
        Optional<T> found = answer.call();
        if (found.isPresent()) {
          return found.get();
        }
        last = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      } catch (Exception e) {
        last = e;
      }
      pause(what);
    } while (System.nanoTime() < deadline);
    throw new AssertionError("not within " + atMost + ": " + what, last);
  }

  /** Asks until the condition holds, and fails the test once the time is up. */
  public static void holds(String what, Duration atMost, Callable<Boolean> condition) {
    boolean held =
        present(
            what, atMost, () -> condition.call() ? Optional.of(Boolean.TRUE) : Optional.empty());
    if (!held) {
      throw new AssertionError("polling ended without an answer: " + what);
    }
  }

  private static void pause(String what) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    }
  }
}
