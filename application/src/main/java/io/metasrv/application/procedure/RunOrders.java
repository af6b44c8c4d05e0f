package io.metasrv.application.procedure;

import io.metasrv.application.procedure.view.Activity;
import io.metasrv.domain.procedure.ProcedurePhase;
import java.util.Optional;

/** When an operator may cancel or skip a procedure. */
final class RunOrders {

  private RunOrders() {}

  /** Why an order cannot be given; empty if it can. */
  static Optional<String> refusal(
      ProcedureRun.Order order, ProcedurePhase phase, Activity activity, boolean liveChild) {
    if (phase.isTerminal()) {
      return Optional.of("it has ended already: " + phase.wireName());
    }
    return switch (order) {
      case NONE -> Optional.empty();
      case CANCEL ->
          phase.isRollback()
              ? Optional.of("it is being rolled back already: " + phase.wireName())
              : Optional.empty();
      case SKIP -> {
        if (liveChild) {
          yield Optional.of("children of it are at work; cancel it, or skip them first");
        }
        yield activity == Activity.IN_STEP || activity == Activity.WAITING_FOR_CHILDREN
            ? Optional.of("it is in the middle of a step; try again while it pauses, or cancel it")
            : Optional.empty();
      }
    };
  }
}
