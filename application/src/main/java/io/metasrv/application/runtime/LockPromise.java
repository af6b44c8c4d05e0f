package io.metasrv.application.runtime;

import io.metasrv.application.port.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A promise whose waiters park on a condition with the machine's clock. */
final class LockPromise<T> implements Promise<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settledChanged = lock.newCondition();
  private boolean settled;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  @Override
  public boolean complete(T result) {
    return settle(result, null);
  }

  @Override
  public boolean fail(RuntimeException reason) {
    return settle(null, reason);
  }

  private boolean settle(@Nullable T result, @Nullable RuntimeException reason) {
    lock.lock();
    try {
      if (settled) {
        return false;
      }
      settled = true;
      value = result;
      failure = reason;
      settledChanged.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isSettled() {
    lock.lock();
    try {
      return settled;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public T await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!settled) {
        settledChanged.await();
      }
      return outcome();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<T> await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.isNegative() ? 0 : atMost.toNanos();
      while (!settled && left > 0) {
        left = settledChanged.awaitNanos(left);
      }
      return settled ? Optional.of(outcome()) : Optional.empty();
    } finally {
      lock.unlock();
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
}
