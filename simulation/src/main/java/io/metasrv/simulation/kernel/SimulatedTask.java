package io.metasrv.simulation.kernel;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task on a virtual thread of the world's scheduler. */
final class SimulatedTask implements Task {

  private final String name;
  private final SimulatedPromise<Boolean> done;
  private @Nullable Thread thread;
  private boolean cancelled;
  private @Nullable Throwable failure;

  private SimulatedTask(String name, SimulatedProcess process) {
    this.name = name;
    this.done = new SimulatedPromise<>(process);
  }

  static SimulatedTask start(
      SimulatedProcess process, World world, String label, String name, Runtime.Body body) {
    SimulatedTask task = new SimulatedTask(name, process);
    Thread thread = process.thread(label, () -> task.run(world, label, body));
    task.thread = thread;
    thread.start();
    return task;
  }

  private void run(World world, String label, Runtime.Body body) {
    try {
      body.run();
    } catch (InterruptedException interrupted) {
      if (!cancelled) {
        failure = interrupted;
      }
    } catch (Throwable thrown) {
      failure = thrown;
      world.taskFailed(label, thrown);
    } finally {
      done.complete(true);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isDone() {
    return done.isSettled();
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
    return done.await(atMost).isPresent();
  }
}
