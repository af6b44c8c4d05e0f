package io.metasrv.simulation.kernel;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual threads on a scheduler of ours. JDK 25 has such a constructor but does not publish it, so
 * it is reached by reflection, here and nowhere else; the JVM needs {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}. {@link #selfCheck()} proves at start that the hook is there and
 * does what the kernel relies on.
 */
final class ScheduledVirtualThreads {

  private static final String HOOK = "java.lang.ThreadBuilders$VirtualThreadBuilder";

  private final Constructor<?> builder;

  private ScheduledVirtualThreads(Constructor<?> builder) {
    this.builder = builder;
  }

  /**
   * Finds the hook.
   *
   * @throws IllegalStateException if this JVM does not have it or does not open it
   */
  static ScheduledVirtualThreads open() {
    try {
      Constructor<?> found = Class.forName(HOOK).getDeclaredConstructor(Executor.class);
      found.setAccessible(true);
      return new ScheduledVirtualThreads(found);
    } catch (ReflectiveOperationException | InaccessibleObjectException missing) {
      throw new IllegalStateException(
          "the simulator needs JDK 25 started with --add-opens java.base/java.lang=ALL-UNNAMED;"
              + " this is Java "
              + Runtime.version(),
          missing);
    }
  }

  /** A virtual thread, not yet started, whose every step is handed to the scheduler. */
  Thread unstarted(Executor scheduler, String name, Runnable body) {
    try {
      Thread.Builder.OfVirtual fresh = (Thread.Builder.OfVirtual) builder.newInstance(scheduler);
      return fresh.name(name).unstarted(body);
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException("cannot create a virtual thread with a scheduler", failed);
    }
  }

  /**
   * Runs two threads that park and wake each other on a queue drained by the caller, and checks
   * that every step came through the queue and in its order.
   *
   * @throws IllegalStateException if not
   */
  void selfCheck() {
    Queue<Runnable> queue = new ArrayDeque<>();
    List<String> seen = new ArrayList<>();
    Thread sleeper =
        unstarted(
            queue::add,
            "self-check-sleeper",
            () -> {
              seen.add("parks");
              LockSupport.park();
              seen.add("woken");
            });
    Thread waker =
        unstarted(
            queue::add,
            "self-check-waker",
            () -> {
              seen.add("wakes");
              LockSupport.unpark(sleeper);
            });
    sleeper.start();
    waker.start();
    for (Runnable step = queue.poll(); step != null; step = queue.poll()) {
      step.run();
    }
    if (!seen.equals(List.of("parks", "wakes", "woken"))) {
      throw new IllegalStateException(
          "virtual threads on this JVM do not follow the scheduler given: " + seen);
    }
  }
}
