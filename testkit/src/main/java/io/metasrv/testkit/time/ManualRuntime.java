package io.metasrv.testkit.time;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose clocks stand still until the test moves them, with tasks on real virtual threads.
 * Sleeps and timed waits end when {@link #advance} has moved the clock far enough. Chance is
 * seeded. For tests of one class at a time; whole systems are tested in the simulator, which also
 * controls the order of events. Thread-safe.
 *
 * <p>{@link Task#join(Duration)} waits in real time: it is the test that waits there.
 */
public final class ManualRuntime implements Runtime {

  private final Runtime threads = new VirtualThreadRuntime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SplittableRandom random;
  private Instant wallClock = Instant.parse("2026-01-01T00:00:00Z");
  private MonotonicTime monotonic = new MonotonicTime(0);

  public ManualRuntime() {
    this(1);
  }

  /** A runtime with chance of this seed. */
  public ManualRuntime(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Moves both clocks forward and wakes whoever waited for that. */
  public void advance(Duration duration) {
    lock.lock();
    try {
      monotonic = monotonic.plus(duration);
      wallClock = wallClock.plus(duration);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Moves the wall clock alone, either way. */
  public void setWallClock(Instant instant) {
    lock.lock();
    try {
      wallClock = instant;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant wallClock() {
    lock.lock();
    try {
      return wallClock;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public MonotonicTime monotonic() {
    lock.lock();
    try {
      return monotonic;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public RandomGenerator random() {
    return () -> {
      lock.lock();
      try {
        return random.nextLong();
      } finally {
        lock.unlock();
      }
    };
  }

  @Override
  public UUID newUuid() {
    RandomGenerator source = random();
    return new UUID(
        (source.nextLong() & ~0xf000L) | 0x4000L, (source.nextLong() >>> 2) | Long.MIN_VALUE);
  }

  @Override
  public Task start(String name, Body body) {
    return threads.start(name, body);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      MonotonicTime end = monotonic.plus(duration);
      while (monotonic.isBefore(end)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> Promise<T> promise() {
    return new ManualPromise<>();
  }

  /** Guarded by the runtime's lock, so that a settlement and the clock wake the same waiters. */
  private final class ManualPromise<T> implements Promise<T> {

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
        changed.signalAll();
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
          changed.await();
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
        MonotonicTime end = monotonic.plus(atMost);
        while (!settled && monotonic.isBefore(end)) {
          changed.await();
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
}
