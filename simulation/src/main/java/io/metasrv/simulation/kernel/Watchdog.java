package io.metasrv.simulation.kernel;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices, on the machine's clock, that the driver has stood still: a task blocked its carrier for
 * good (a contended monitor, a class initialiser that parks). Prints where and interrupts it.
 */
final class Watchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Thread watcher;

  private Watchdog(Thread watcher) {
    this.watcher = watcher;
  }

  static Watchdog watch(Thread driver, LongSupplier progress, String what) {
    Thread watcher =
        Thread.ofPlatform()
            .daemon()
            .name("simulation-watchdog")
            .unstarted(() -> watchLoop(driver, progress, what));
    watcher.start();
    return new Watchdog(watcher);
  }

  private static void watchLoop(Thread driver, LongSupplier progress, String what) {
    try {
      long seen = progress.getAsLong();
      while (true) {
        Thread.sleep(PATIENCE);
        long now = progress.getAsLong();
        if (now == seen) {
          StringBuilder stack = new StringBuilder();
          for (StackTraceElement frame : driver.getStackTrace()) {
            stack.append("\n    at ").append(frame);
          }
          LOG.error("The simulation ({}) has stood still for {}; driver:{}", what, PATIENCE, stack);
          driver.interrupt();
          return;
        }
        seen = now;
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
