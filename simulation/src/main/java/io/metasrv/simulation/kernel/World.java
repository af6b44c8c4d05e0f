package io.metasrv.simulation.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The simulated world: processes, a true time that jumps from event to event, and one queue of
 * steps from which a seeded choice takes the next. One platform thread, the one that calls {@link
 * #runUntil}, runs everything; a step ends where its task parks. Not thread-safe, on purpose: any
 * other thread that touches it is a bug and is reported.
 */
public final class World {

  /** True time starts here, so that wall clocks look plausible. */
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final long seed;
  private final SeededRandom random;
  private final Trace trace = new Trace();
  private final ScheduledVirtualThreads threads;
  private final List<Step> ready = new ArrayList<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Thread driver = Thread.currentThread();
  private long nowNanos;
  private long timerSequence;
  private long stepsRun;

  private World(long seed, ScheduledVirtualThreads threads) {
    this.seed = seed;
    this.random = new SeededRandom(SeededRandom.mix(seed));
    this.threads = threads;
  }

  /** A fresh world; the calling thread becomes its driver. */
  public static World of(long seed) {
    ScheduledVirtualThreads threads = ScheduledVirtualThreads.open();
    threads.selfCheck();
    return new World(seed, threads);
  }

  /** What every choice in this world follows from. */
  public long seed() {
    return seed;
  }

  /** True time since the world began; no process can read it. */
  public Duration now() {
    return Duration.ofNanos(nowNanos);
  }

  /** The world's source of chance. */
  public RandomGenerator random() {
    return random;
  }

  /** What happened so far. */
  public Trace trace() {
    return trace;
  }

  /** Exceptions that ended tasks; a correct run has none that the scenario did not ask for. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** Number of steps run. */
  public long stepsRun() {
    return stepsRun;
  }

  /** A process with a correct clock. */
  public SimulatedProcess process(String name) {
    return process(name, 1.0);
  }

  /**
   * A process.
   *
   * @param clockRate how fast its clocks run against true time, for example 1.001
   */
  public SimulatedProcess process(String name, double clockRate) {
    SimulatedProcess process = new SimulatedProcess(this, name, clockRate);
    processes.add(process);
    return process;
  }

  /** Writes a line into the trace, so that it takes part in the comparison of two runs. */
  public void note(String what, String detail) {
    trace.record(nowNanos, what, detail);
  }

  /** Runs something at a later true time, outside every process. It must not block. */
  public void at(Duration delay, String label, Runnable action) {
    addTimer(delay.toNanos(), null, label, action);
  }

  /**
   * Runs the world until the condition holds or the time is over.
   *
   * @return whether the condition holds
   */
  public boolean runUntil(BooleanSupplier condition, Duration limit) {
    requireDriver();
    long endNanos = nowNanos + limit.toNanos();
    Watchdog watchdog = Watchdog.watch(driver, () -> stepsRun, "seed " + seed);
    try {
      while (!condition.getAsBoolean()) {
        if (!ready.isEmpty()) {
          runOneStep();
        } else if (!advance(endNanos)) {
          nowNanos = Math.max(nowNanos, endNanos);
          return condition.getAsBoolean();
        }
      }
      return true;
    } finally {
      watchdog.close();
    }
  }

  /** Runs the world for this long. */
  public void runFor(Duration duration) {
    runUntil(() -> false, duration);
  }

  private void runOneStep() {
    Step step = takeRandomStep();
    stepsRun++;
    trace.record(nowNanos, "step", step.label());
    step.action().run();
  }

  private Step takeRandomStep() {
    int index = ready.size() == 1 ? 0 : random.nextInt(ready.size());
    Step chosen = ready.get(index);
    Step last = ready.removeLast();
    if (index < ready.size()) {
      ready.set(index, last);
    }
    return chosen;
  }

  private boolean advance(long endNanos) {
    Timer next = timers.peek();
    if (next == null || next.dueNanos > endNanos) {
      return false;
    }
    timers.poll();
    if (next.cancelled) {
      return true;
    }
    nowNanos = Math.max(nowNanos, next.dueNanos);
    if (next.process == null) {
      trace.record(nowNanos, "event", next.label);
      next.action.run();
    } else {
      next.process.post(next.label, next.action);
    }
    return true;
  }

  void enqueue(Step step) {
    ready.add(step);
  }

  long nowNanos() {
    return nowNanos;
  }

  ScheduledVirtualThreads threads() {
    return threads;
  }

  Instant trueWallClock() {
    return EPOCH.plusNanos(nowNanos);
  }

  void taskFailed(String task, Throwable failure) {
    trace.record(nowNanos, "fault", task + " " + failure.getClass().getName());
    faults.add(task + ": " + failure);
  }

  /** Keeps a fault that no task reported. */
  void fault(String text) {
    faults.add(text);
  }

  Timer addTimer(
      long delayNanos, @Nullable SimulatedProcess process, String label, Runnable action) {
    Timer timer =
        new Timer(nowNanos + Math.max(0, delayNanos), timerSequence++, process, label, action);
    timers.add(timer);
    return timer;
  }

  /** Reports a thread that has no business here; the run would not be repeatable. */
  void requireOwnThread(String what) {
    Thread caller = Thread.currentThread();
    if (!caller.isVirtual()) {
      requireDriver();
    }
    if (caller.isVirtual() && !caller.getName().startsWith(SimulatedProcess.THREAD_PREFIX)) {
      throw new IllegalStateException(
          what + " from foreign virtual thread " + caller.getName() + " breaks determinism");
    }
  }

  private void requireDriver() {
    if (Thread.currentThread() != driver) {
      throw new IllegalStateException(
          "thread " + Thread.currentThread().getName() + " does not drive this world");
    }
  }

  /** One thing that can run now. */
  record Step(String label, Runnable action) {}
}
