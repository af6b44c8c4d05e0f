package io.metasrv.application.support;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * The production runtime with clocks that can be made to jump, as they do for a process that was
 * paused.
 */
public final class JumpingRuntime implements Runtime {

  private final VirtualThreadRuntime real = new VirtualThreadRuntime();
  private final AtomicReference<Duration> monotonicJump = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<Duration> wallJump = new AtomicReference<>(Duration.ZERO);

  private final AtomicBoolean sleepless = new AtomicBoolean();
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

  /** Moves both clocks on: the process stood still for that long. */
  public void pauseFor(Duration duration) {
    monotonicJump.updateAndGet(duration::plus);
    wallJump.updateAndGet(duration::plus);
  }

  /** Moves the wall clock only: the machine was suspended for that long. */
  public void suspendFor(Duration duration) {
    wallJump.updateAndGet(duration::plus);
  }

  @Override
  public Instant wallClock() {
    return real.wallClock().plus(wallJump.get());
  }

  @Override
  public MonotonicTime monotonic() {
    return real.monotonic().plus(monotonicJump.get());
  }

  @Override
  public RandomGenerator random() {
    return real.random();
  }

  @Override
  public UUID newUuid() {
    return real.newUuid();
  }

  @Override
  public Task start(String name, Body body) {
    return real.start(name, body);
  }

  /** From now on sleeps are written down and their time passes at once. */
  public void sleepInNoTime() {
    sleepless.set(true);
  }

  /** The sleeps that took no time. */
  public List<Duration> sleeps() {
    return sleeps;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (sleepless.get()) {
      sleeps.add(duration);
      pauseFor(duration);
      real.sleep(Duration.ZERO);
    } else {
      real.sleep(duration);
    }
  }

  @Override
  public <T> Promise<T> promise() {
    return real.promise();
  }
}
