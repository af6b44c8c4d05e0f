package io.metasrv.simulation.election;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Task;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.simulation.store.SimulatedFence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a leader does in this scenario: it writes, and it sends things out, for as long as its term
 * lasts.
 */
final class Acting implements TermComponent {

  private final TermContext context;
  private final Judge judge;
  private final boolean checksBeforeSending;
  private final SimulatedFence fence;
  private final List<Task> tasks = new ArrayList<>();

  Acting(TermContext context, Judge judge, boolean checksBeforeSending) {
    this.context = context;
    this.judge = judge;
    this.checksBeforeSending = checksBeforeSending;
    if (!(context.term().fence() instanceof SimulatedFence simulated)) {
      throw new IllegalArgumentException("this scenario runs on the simulated store");
    }
    this.fence = simulated;
  }

  @Override
  public String name() {
    return "acting";
  }

  @Override
  public void start() {
    tasks.add(context.runtime().start("writer", this::write));
    tasks.add(context.runtime().start("sender", this::send));
  }

  private void write() throws InterruptedException {
    for (int i = 0; ; i++) {
      pause();
      Bytes key = Bytes.utf8("log/%d/%d".formatted(fence.term(), i));
      try {
        context.store().put(key, Bytes.utf8(fence.holder()), Previous.DISCARD);
      } catch (MetasrvException refused) {
        if (!refused.isRetryable() && !context.term().isHeld()) {
          return;
        }
      }
    }
  }

  private void send() throws InterruptedException {
    while (true) {
      pause();
      if (checksBeforeSending && !context.term().isHeld()) {
        return;
      }
      judge.effect(fence);
    }
  }

  private void pause() throws InterruptedException {
    context.runtime().sleep(Duration.ofMillis(100 + context.runtime().random().nextInt(400)));
  }

  @Override
  public void stop() throws InterruptedException {
    for (Task task : tasks) {
      task.cancel();
    }
    for (Task task : tasks) {
      task.join();
    }
  }
}
