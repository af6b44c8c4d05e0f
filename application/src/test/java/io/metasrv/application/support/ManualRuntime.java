package io.metasrv.application.support;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose clocks stand still until the test moves them on: whoever sleeps or waits with a
 * time limit goes on when the test's time says so, and never by the machine's.
 */
public final class ManualRuntime implements Runtime {

  private final VirtualThreadRuntime threads = new VirtualThreadRuntime();
  private final Random random = new Random(42);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private Instant wall = Instant.ofEpochMilli(1_700_000_000_000L);
  private MonotonicTime now = new MonotonicTime(0);

  /** Moves both clocks on. */
  public void advance(Duration by) {
    lock.lock();
    try {
      now = now.plus(by);
      wall = wall.plus(by);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sets the wall clock back, as an administrator may. */
  public void setWallClockBack(Duration by) {
    lock.lock();
    try {
      wall = wall.minus(by);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant wallClock() {
    lock.lock();
    try {
      return wall;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public MonotonicTime monotonic() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public UUID newUuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  @Override
  public Task start(String name, Body body) {
    return threads.start(name, body);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      MonotonicTime end = now.plus(duration);
      while (now.isBefore(end)) {
        moved.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> Promise<T> promise() {
    return new ManualPromise<>();
  }

  private final class ManualPromise<T> implements Promise<T> {
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
        if (isSettled()) {
          return false;
        }
        value = result;
        failure = reason;
        moved.signalAll();
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean isSettled() {
      lock.lock();
      try {
        return value != null || failure != null;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public T await() throws InterruptedException {
      return await(Duration.ofDays(365)).orElseThrow();
    }

    @Override
    public Optional<T> await(Duration atMost) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        MonotonicTime end = now.plus(atMost);
        while (value == null && failure == null && now.isBefore(end)) {
          moved.await();
        }
        if (failure != null) {
          throw failure;
        }
        return Optional.ofNullable(value);
      } finally {
        lock.unlock();
      }
    }
  }
}
