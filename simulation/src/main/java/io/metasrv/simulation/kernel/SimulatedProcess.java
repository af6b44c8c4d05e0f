package io.metasrv.simulation.kernel;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * One operating-system process of the simulated world, seen by the code that runs in it as its
 * {@link Runtime}. It can be paused (its steps wait; its clocks go on, or stand still like a
 * suspended machine's monotonic clock) and crashed (its steps never run again, at whatever point
 * they were).
 */
public final class SimulatedProcess implements Runtime {

  static final String THREAD_PREFIX = "sim:";

  private enum State {
    RUNNING,
    PAUSED,
    CRASHED
  }

  private final World world;
  private final String name;
  private final ProcessClock clock;
  private final List<World.Step> held = new ArrayList<>();
  private State state = State.RUNNING;
  private long taskCount;
  private long timesHeld;

  SimulatedProcess(World world, String name, double clockRate) {
    this.world = world;
    this.name = name;
    this.clock = new ProcessClock(world, clockRate);
  }

  /** The name given at creation. */
  public String name() {
    return name;
  }

  /** Whether the process still exists. */
  public boolean isAlive() {
    return state != State.CRASHED;
  }

  /** Whether the process is being held. */
  public boolean isPaused() {
    return state == State.PAUSED;
  }

  /** How often it was held so far: what took place between two equal numbers took its own time. */
  public long timesHeld() {
    return timesHeld;
  }

  /** Kills the process: nothing in it ever runs again. */
  public void crash() {
    world.note("crash", name);
    state = State.CRASHED;
    held.clear();
  }

  /**
   * Kills the process at the very point which the calling task of it has reached. Never returns.
   */
  void crashHere() {
    crash();
    while (true) {
      // A task that was cancelled would not park otherwise.
      boolean unused = Thread.interrupted();
      LockSupport.park(this);
    }
  }

  /** Holds the process as SIGSTOP does; its clocks go on. */
  public void pause() {
    if (state == State.RUNNING) {
      world.note("pause", name);
      state = State.PAUSED;
      timesHeld++;
    }
  }

  /**
   * Holds the process as a suspended machine does: the monotonic clock stands still, the wall clock
   * does not.
   */
  public void suspend() {
    if (state == State.RUNNING) {
      world.note("suspend", name);
      state = State.PAUSED;
      timesHeld++;
      clock.standStill();
    }
  }

  /** Lets a held process go on. */
  public void resume() {
    if (state == State.PAUSED) {
      world.note("resume", name);
      state = State.RUNNING;
      clock.goOn();
      // The process may be held again, or die, before they run.
      List<World.Step> waiting = List.copyOf(held);
      held.clear();
      waiting.forEach(this::admit);
    }
  }

  /**
   * Runs something in this process from outside any task, when the process next runs. It must not
   * block.
   */
  public void post(String label, Runnable action) {
    admit(new World.Step(name + "/" + label, () -> runIfAlive(action)));
  }

  private void runIfAlive(Runnable action) {
    if (state != State.CRASHED) {
      action.run();
    }
  }

  private void admit(World.Step step) {
    switch (state) {
      case RUNNING -> world.enqueue(new World.Step(step.label(), () -> runUnlessHeld(step)));
      case PAUSED -> held.add(step);
      case CRASHED -> {
        // a dead process takes nothing in
      }
    }
  }

  /** A step may have been queued before its process was held. */
  private void runUnlessHeld(World.Step step) {
    switch (state) {
      case RUNNING -> step.action().run();
      case PAUSED -> held.add(step);
      case CRASHED -> {
        // nothing of a dead process runs
      }
    }
  }

  @Override
  public Instant wallClock() {
    return clock.wall();
  }

  @Override
  public MonotonicTime monotonic() {
    return clock.monotonic();
  }

  @Override
  public RandomGenerator random() {
    return world.random();
  }

  @Override
  public UUID newUuid() {
    long high = (world.random().nextLong() & ~0xf000L) | 0x4000L;
    long low = (world.random().nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low);
  }

  @Override
  public Task start(String taskName, Body body) {
    world.requireOwnThread("starting a task");
    String label = name + "/" + taskName + "#" + taskCount++;
    return SimulatedTask.start(this, world, label, taskName, body);
  }

  Thread thread(String label, Runnable body) {
    return world
        .threads()
        .unstarted(
            continuation -> {
              world.requireOwnThread("waking " + label);
              admit(new World.Step(label, continuation));
            },
            THREAD_PREFIX + label,
            body);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    SimulatedPromise<Boolean> never = new SimulatedPromise<>(this);
    never.await(duration.isNegative() ? Duration.ZERO : duration, true);
  }

  @Override
  public <T> Promise<T> promise() {
    return new SimulatedPromise<>(this);
  }

  /**
   * Calls back once this process's monotonic clock has moved on by the duration; later if the
   * process is held then.
   */
  Timer timer(Duration localDuration, String label, Runnable action) {
    long dueLocal = clock.localNanos() + localDuration.toNanos();
    return armTimer(dueLocal, label, action);
  }

  private Timer armTimer(long dueLocal, String label, Runnable action) {
    long trueDelay = clock.trueNanosUntil(dueLocal);
    return world.addTimer(
        trueDelay,
        this,
        label,
        () -> {
          if (clock.localNanos() >= dueLocal) {
            action.run();
          } else {
            armTimer(dueLocal, label, action);
          }
        });
  }

  /** Writes a line into the world's trace. */
  public void note(String what, String detail) {
    world.note(what, name + " " + detail);
  }

  World world() {
    return world;
  }

  @Override
  public String toString() {
    return "process " + name;
  }
}
