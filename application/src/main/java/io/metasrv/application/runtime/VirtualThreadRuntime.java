package io.metasrv.application.runtime;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.time.MonotonicTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks on virtual threads, the system clocks, the system's randomness. Thread-safe; holds nothing
 * that needs closing.
 *
 * <p>A task whose body throws is reported to the {@link FaultHandler} and the log; it ends alone.
 */
public final class VirtualThreadRuntime implements Runtime {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualThreadRuntime.class);

  private final FaultHandler faults;
  private final RandomGenerator random = new ThreadBoundRandom();
  private final SecureRandom uuidSource = new SecureRandom();

  public VirtualThreadRuntime() {
    this((task, failure) -> LOG.error("Task {} ended with an unexpected error", task, failure));
  }

  /** A runtime that reports failed tasks to the handler instead of the log. */
  public VirtualThreadRuntime(FaultHandler faults) {
    this.faults = faults;
  }

  @Override
  public Instant wallClock() {
    return Clock.systemUTC().instant();
  }

  @Override
  public MonotonicTime monotonic() {
    return new MonotonicTime(System.nanoTime());
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public UUID newUuid() {
    long high = (uuidSource.nextLong() & ~0xf000L) | 0x4000L;
    long low = (uuidSource.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low);
  }

  @Override
  public Task start(String name, Body body) {
    return VirtualThreadTask.start(name, body, faults);
  }

  // A sleep of nothing means "let others go first", which is what a yield is for.
  @SuppressWarnings("ThreadPriorityCheck")
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isNegative() || duration.isZero()) {
      Thread.yield();
      if (Thread.interrupted()) {
        throw new InterruptedException("cancelled");
      }
    } else {
      Thread.sleep(duration);
    }
  }

  @Override
  public <T> Promise<T> promise() {
    return new LockPromise<>();
  }

  /** Told of every task that ended with an exception of its own. */
  @FunctionalInterface
  public interface FaultHandler {
    /** Called on the failed task's thread; must not throw. */
    void taskFailed(String task, Throwable failure);
  }

  /** Hands every call to the generator of the calling thread: no contention, no shared state. */
  private static final class ThreadBoundRandom implements RandomGenerator {
    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
