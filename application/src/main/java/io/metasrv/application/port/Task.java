package io.metasrv.application.port;

import java.time.Duration;
import java.util.Optional;

/** A running or finished task of a {@link Runtime}. Thread-safe. */
public interface Task {

  /** The name given at start. */
  String name();

  /** Asks the task to end by interrupting it. Idempotent; does not wait. */
  void cancel();

  /** Whether the body has ended, in whatever way. */
  boolean isDone();

  /**
   * What ended the body, if it was an exception other than the interruption asked for by {@link
   * #cancel()}.
   */
  Optional<Throwable> failure();

  /** Waits for the end of the body. Does not throw what the body threw. */
  void join() throws InterruptedException;

  /**
   * Waits for the end of the body for at most the duration.
   *
   * @return whether it ended in time
   */
  boolean join(Duration atMost) throws InterruptedException;
}
