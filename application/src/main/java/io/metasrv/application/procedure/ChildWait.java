package io.metasrv.application.procedure;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.view.Activity;
import java.time.Duration;
import java.util.List;

/** How a parent waits for its children. For the parent's task. */
final class ChildWait {

  private final ProcedureRun run;
  private final Registry registry;
  private final Runtime runtime;

  ChildWait(ProcedureRun run, TermParts parts) {
    this.run = run;
    this.registry = parts.registry();
    this.runtime = parts.runtime();
  }

  /**
   * Waits until a child has ended since the last wait, none of the given ones lives, or an operator
   * wants something. Returns at once if none is given.
   */
  void oneEnded(List<Step.Child> children) throws InterruptedException {
    run.doing(Activity.WAITING_FOR_CHILDREN);
    if (children.isEmpty()) {
      runtime.sleep(Duration.ZERO);
    } else {
      run.note("waits for %d children".formatted(children.size()));
    }
    while (children.stream().anyMatch(child -> lives(child))
        && !run.children().takeEnded()
        && run.order() == ProcedureRun.Order.NONE) {
      run.bell().await();
    }
    run.doing(Activity.IN_STEP);
  }

  private boolean lives(Step.Child child) {
    return registry.find(child.id()).filter(known -> !known.isEnded()).isPresent();
  }

  /** Waits until every child has ended. */
  void allEnded() throws InterruptedException {
    run.doing(Activity.WAITING_FOR_CHILDREN);
    while (run.children().anyLives()) {
      run.bell().await();
    }
    run.doing(Activity.IN_STEP);
  }
}
