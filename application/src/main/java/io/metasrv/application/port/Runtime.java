package io.metasrv.application.port;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The only door to time, threads and chance. Production runs it on virtual threads and the
 * machine's clocks, the simulator on one seeded scheduler with virtual time; code written against
 * it runs unchanged on both.
 *
 * <p>Thread-safe. Untimed waits on {@code java.util.concurrent.locks} are allowed beside it; timed
 * waits, sleeps and {@code synchronized} around anything that blocks are not.
 */
public interface Runtime {

  /**
   * The wall clock. May jump either way; never use it to measure or to decide about a lease of our
   * own.
   */
  Instant wallClock();

  /**
   * The monotonic clock of this process. Never goes back; may stand still while the machine is
   * suspended.
   */
  MonotonicTime monotonic();

  /** The source of chance. Thread-safe. Not for secrets. */
  RandomGenerator random();

  /**
   * A random (version 4) UUID from {@link #random()}'s source in the simulator, from a secure
   * source in production.
   */
  UUID newUuid();

  /**
   * Starts a task on a thread of its own and returns at once. An exception that leaves the body is
   * kept in the task ({@link Task#failure()}) and reported to the runtime's fault handler; it never
   * ends another task.
   *
   * @param name for logs and thread dumps; need not be unique
   */
  Task start(String name, Body body);

  /**
   * Suspends the calling task for at least the duration; zero or negative only yields.
   *
   * @throws InterruptedException if the task was cancelled before or while it slept
   */
  void sleep(Duration duration) throws InterruptedException;

  /** A fresh promise whose waiters sleep by this runtime's clock. */
  <T> Promise<T> promise();

  /** What a task does. */
  @FunctionalInterface
  interface Body {
    /** Runs to the end, or until interrupted, whichever is first. */
    void run() throws InterruptedException;
  }
}
