package io.metasrv.simulation.kernel;

import io.metasrv.application.port.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A promise whose waiters park on virtual time. Needs no lock: one thing runs at a time, and tasks
 * change only where they park.
 */
final class SimulatedPromise<T> implements Promise<T> {

  private final SimulatedProcess process;
  private final List<Waiter> waiters = new ArrayList<>();
  private boolean settled;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  SimulatedPromise(SimulatedProcess process) {
    this.process = process;
  }

  @Override
  public boolean complete(T result) {
    return settle(result, null);
  }

  @Override
  public boolean fail(RuntimeException reason) {
    return settle(null, reason);
  }

  private boolean settle(@Nullable T result, @Nullable RuntimeException reason) {
    process.world().requireOwnThread("settling a promise");
    if (settled) {
      return false;
    }
    settled = true;
    value = result;
    failure = reason;
    List<Waiter> toWake = List.copyOf(waiters);
    waiters.clear();
    toWake.forEach(waiter -> LockSupport.unpark(waiter.thread));
    return true;
  }

  @Override
  public boolean isSettled() {
    return settled;
  }

  @Override
  public T await() throws InterruptedException {
    Waiter self = new Waiter(Thread.currentThread());
    park(self);
    return outcome();
  }

  @Override
  public Optional<T> await(Duration atMost) throws InterruptedException {
    return await(atMost, false);
  }

  /**
   * @param evenIfNothing whether a wait of no time still lets others run first
   */
  Optional<T> await(Duration atMost, boolean evenIfNothing) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("cancelled");
    }
    boolean waits = atMost.isPositive() || evenIfNothing;
    if (!settled && waits) {
      Waiter self = new Waiter(Thread.currentThread());
      Timer timer =
          process.timer(
              atMost,
              "timer",
              () -> {
                self.expired = true;
                LockSupport.unpark(self.thread);
              });
      try {
        park(self);
      } finally {
        timer.cancel();
      }
    }
    return settled ? Optional.of(outcome()) : Optional.empty();
  }

  private void park(Waiter self) throws InterruptedException {
    waiters.add(self);
    try {
      while (!settled && !self.expired) {
        if (Thread.interrupted()) {
          throw new InterruptedException("cancelled");
        }
        LockSupport.park(this);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("cancelled");
      }
    } finally {
      waiters.remove(self);
    }
  }

  private T outcome() {
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      throw new IllegalStateException("a settled promise has a value or a failure");
    }
    return value;
  }

  /** One parked task. */
  private static final class Waiter {
    private final Thread thread;
    private boolean expired;

    Waiter(Thread thread) {
      this.thread = thread;
    }
  }
}
