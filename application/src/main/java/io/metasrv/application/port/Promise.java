package io.metasrv.application.port;

import java.time.Duration;
import java.util.Optional;

/**
 * A value that comes later, once. The first of {@link #complete} and {@link #fail} wins; later
 * calls change nothing. Thread-safe; may be completed from any thread, also one that no {@link
 * Runtime} started (a client library's).
 */
public interface Promise<T> {

  /**
   * Delivers the value.
   *
   * @return whether this call settled the promise
   */
  boolean complete(T value);

  /**
   * Delivers a failure.
   *
   * @return whether this call settled the promise
   */
  boolean fail(RuntimeException failure);

  /** Whether a value or a failure was delivered. */
  boolean isSettled();

  /** Waits for the value, or throws the failure delivered. */
  T await() throws InterruptedException;

  /**
   * Waits for the value for at most the duration, or throws the failure delivered. Zero or less
   * looks without waiting.
   *
   * @return empty if the time passed first; the promise stays open
   */
  Optional<T> await(Duration atMost) throws InterruptedException;
}
