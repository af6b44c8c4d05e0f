package io.metasrv.domain.procedure;

import java.time.Duration;
import java.util.Optional;

/**
 * The retries one run of a procedure has left. A step that succeeds gives nothing back (sheet 05
 * §8). For one thread.
 */
public final class RetryBudget {

  private final RetryPolicy policy;
  private int used;

  public RetryBudget(RetryPolicy policy) {
    this.policy = policy;
  }

  /** Takes the next pause; empty if the budget is spent. */
  public Optional<Duration> next() {
    Optional<Duration> delay = policy.delay(used);
    if (delay.isPresent()) {
      used++;
    }
    return delay;
  }

  /** How many pauses were taken. */
  public int used() {
    return used;
  }
}
