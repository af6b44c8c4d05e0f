package io.metasrv.application.runtime;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task on a virtual thread of its own. */
final class VirtualThreadTask implements Task {

  private final String name;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;

  private VirtualThreadTask(
      String name, Runtime.Body body, VirtualThreadRuntime.FaultHandler faults) {
    this.name = name;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(body, faults));
  }

  static VirtualThreadTask start(
      String name, Runtime.Body body, VirtualThreadRuntime.FaultHandler faults) {
    VirtualThreadTask task = new VirtualThreadTask(name, body, faults);
    task.thread.start();
    return task;
  }

  // A task's body is somebody else's code: whatever leaves it, also an Error, has to be kept and
  // told.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private void run(Runtime.Body body, VirtualThreadRuntime.FaultHandler faults) {
    try {
      body.run();
    } catch (InterruptedException interrupted) {
      if (!cancelled) {
        failure = interrupted;
      }
    } catch (Throwable thrown) {
      failure = thrown;
      faults.taskFailed(name, thrown);
    } finally {
      done.countDown();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void cancel() {
    cancelled = true;
    thread.interrupt();
  }

  @Override
  public boolean isDone() {
    return done.getCount() == 0;
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void join() throws InterruptedException {
    done.await();
  }

  @Override
  public boolean join(Duration atMost) throws InterruptedException {
    return done.await(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
  }

  @Override
  public String toString() {
    return "task " + name;
  }
}
