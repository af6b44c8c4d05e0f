package io.metasrv.application.procedure;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.ProcedureRun.Order;
import io.metasrv.application.procedure.lock.LockTable;
import io.metasrv.application.procedure.view.Activity;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.domain.procedure.RetryBudget;
import io.metasrv.domain.procedure.RetryPolicy;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of one procedure: waits for its locks, takes turns until it is over, and puts things in
 * order behind it (sheet 05 §6–7). Leaves silently, without a trace in the store, when the term
 * ends.
 */
final class Runner implements Runtime.Body {

  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private final ProcedureRun run;
  private final Procedure procedure;
  private final LockTable.Ticket ticket;
  private final TermParts parts;
  private final Launcher launcher;
  private final RunSteps steps;
  private final RetryBudget retries;
  private final RetryBudget rollbacks;

  /**
   * How it came out.
   *
   * @param givenUp the state that was given up, if an operator skipped it
   */
  private record Outcome(ProcedureState last, Optional<String> givenUp) {}

  Runner(
      ProcedureRun run,
      Procedure procedure,
      LockTable.Ticket ticket,
      TermParts parts,
      Launcher launcher) {
    this.run = run;
    this.procedure = procedure;
    this.ticket = ticket;
    this.parts = parts;
    this.launcher = launcher;
    this.steps = new RunSteps(run, procedure, parts, launcher);
    RetryPolicy policy =
        new RetryPolicy(parts.options().maxRetryTimes(), parts.options().retryDelay());
    this.retries = new RetryBudget(policy);
    this.rollbacks = new RetryBudget(policy);
  }

  @Override
  public void run() throws InterruptedException {
    RunEnd end = new RunEnd(run, ticket, parts, launcher);
    try {
<<<<<<< HEAD
      Optional<ProcedureState> last = live();
      if (last.isPresent()) {
        end.ended(
            last.get(),
            run.order() == Order.SKIP ? Optional.of(procedure.dump()) : Optional.empty());
=======
      Optional<Outcome> outcome = live();
      if (outcome.isPresent()) {
        end.ended(outcome.get().last(), outcome.get().givenUp());
>>>>>>> b1
      } else if (!launcher.isOver()) {
        end.panicked();
      }
    } catch (InterruptedException called) {
      if (!launcher.isOver()) {
        throw called;
      }
    } finally {
      launcher.taskEnded(run.id());
    }
  }

  /** Runs to the last state; empty if a bug or the end of the term came first. */
  // A procedure is somebody else's code: whatever leaves it must end it alone, and be told.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private Optional<Outcome> live() {
    try {
      ProcedureState last = turns();
      boolean skipped = run.order() == Order.SKIP;
      return Optional.of(
          new Outcome(last, skipped ? Optional.of(procedure.dump()) : Optional.empty()));
    } catch (Throwable bug) {
      if (!launcher.isOver()) {
        LOG.error("Procedure {} of type {} panics", run.id(), run.profile().typeName(), bug);
        parts.meters().panicked(run.profile().typeName());
        run.note("panics", bug);
      }
      return Optional.empty();
    } finally {
      letGo();
    }
  }

  /** Gives the procedure a chance to release what it holds in memory, while it has its locks. */
  private void letGo() {
    try {
      procedure.ended();
    } catch (RuntimeException bug) {
      LOG.error("Procedure {} cannot release what it holds in memory", run.id(), bug);
    }
  }

  private ProcedureState turns() throws InterruptedException {
    Optional<ProcedureState> unwanted = awaitLocks();
    if (unwanted.isPresent()) {
      return unwanted.get();
    }
    run.started();
    ProcedureState state = run.state();
    while (true) {
      launcher.requireTerm();
      state = beforeTurn(state);
      if (state.isTerminal()) {
        return state;
      }
      ProcedureState next = steps.once(state);
      if (next.isTerminal()) {
        return next;
      }
      state = moved(next);
    }
  }

  /** Waits without a limit, or until an operator gives the procedure up. */
  private Optional<ProcedureState> awaitLocks() throws InterruptedException {
    MonotonicTime asked = parts.runtime().monotonic();
    while (!ticket.isGranted()) {
      Order order = run.order();
      if (order == Order.SKIP) {
        return Optional.of(new ProcedureState.Failed(ProcedureErrors.skipped(run.id())));
      }
      if (order == Order.CANCEL && !run.profile().recovered()) {
        return Optional.of(new ProcedureState.Failed(ProcedureErrors.cancelled(run.id())));
      }
      run.bell().await();
    }
    parts.meters().waitedForLocks(parts.runtime().monotonic().since(asked));
    parts.measureLoad();
    return Optional.empty();
  }

  /** Pauses as the state asks for, and sees whether there is a turn at all. */
  private ProcedureState beforeTurn(ProcedureState state) throws InterruptedException {
    run.doing(Activity.IN_STEP);
    Optional<ProcedureState> ordered = obey(state);
    if (ordered.isPresent()) {
      return ordered.get();
    }
    Optional<ProcedureState> spent =
        switch (state) {
          case ProcedureState.Retrying(MetasrvException error) -> pauseBeforeRetry(error);
          case ProcedureState.PrepareRollback(MetasrvException error) -> pauseBeforeRollback(error);
          case ProcedureState.RollingBack(MetasrvException error) -> pauseBeforeRollback(error);
          default -> Optional.empty();
        };
    if (spent.isPresent()) {
      return spent.get().isTerminal() ? spent.get() : moved(spent.get());
    }
    run.doing(Activity.IN_STEP);
    return obey(state).orElse(state);
  }

  private Optional<ProcedureState> pauseBeforeRetry(MetasrvException error)
      throws InterruptedException {
    Optional<Duration> delay = retries.next();
    if (delay.isEmpty()) {
      return Optional.of(
          new ProcedureState.PrepareRollback(ProcedureErrors.retriesExceeded(run.id(), error)));
    }
    parts.meters().retries(run.profile().typeName());
    pause(RetryPolicy.spread(delay.get(), parts.runtime().random()), "retry " + retries.used());
    return Optional.empty();
  }

  private Optional<ProcedureState> pauseBeforeRollback(MetasrvException error)
      throws InterruptedException {
    Optional<Duration> delay = rollbacks.next();
    if (delay.isEmpty()) {
      return Optional.of(
          new ProcedureState.Failed(ProcedureErrors.rollbacksExceeded(run.id(), error)));
    }
    pause(delay.get(), "rollback");
    return Optional.empty();
  }

  private void pause(Duration delay, String what) throws InterruptedException {
    run.note("%s in %d ms".formatted(what, delay.toMillis()));
    run.doing(Activity.PAUSING);
    MonotonicTime end = parts.runtime().monotonic().plus(delay);
    while (run.order() == Order.NONE && parts.runtime().monotonic().isBefore(end)) {
      run.bell().await(end.since(parts.runtime().monotonic()));
    }
    launcher.requireTerm();
  }

  /** What an operator made of it; empty if nothing. */
  private Optional<ProcedureState> obey(ProcedureState state) throws InterruptedException {
    return switch (run.order()) {
      case NONE -> Optional.empty();
      case SKIP -> Optional.of(new ProcedureState.Failed(ProcedureErrors.skipped(run.id())));
      case CANCEL -> {
        run.orderDone();
        if (state.phase().isRollback()) {
          yield Optional.empty();
        }
        new ChildWait(run, parts).allEnded();
        ProcedureState next = steps.giveUp(ProcedureErrors.cancelled(run.id()));
        yield Optional.of(next.isTerminal() ? next : moved(next));
      }
    };
  }

  private ProcedureState moved(ProcedureState next) {
    if (!next.equals(run.state())) {
      run.become(next);
    }
    return next;
  }
}
