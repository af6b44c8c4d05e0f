package io.metasrv.application.procedure;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.domain.time.MonotonicTime;
import java.util.List;
import java.util.Optional;

/**
 * One turn of a procedure: runs what its state asks for and says where it stands then (sheet 05
 * §7). Once the term is over nothing more is written or decided. For the procedure's task.
 */
final class RunSteps {

  private final ProcedureRun run;
  private final Procedure procedure;
  private final TermParts parts;
  private final Launcher launcher;

  /** Why it is rolled back, whatever goes wrong in the rollback itself. */
  private Optional<MetasrvException> rollbackCause = Optional.empty();

  RunSteps(ProcedureRun run, Procedure procedure, TermParts parts, Launcher launcher) {
    this.run = run;
    this.procedure = procedure;
    this.parts = parts;
    this.launcher = launcher;
  }

  /** Takes one turn; a state that is over stays as it is. */
  ProcedureState once(ProcedureState state) throws InterruptedException {
    return switch (state) {
      case ProcedureState.Running ignored -> execute();
      case ProcedureState.Retrying ignored -> execute();
      case ProcedureState.PrepareRollback(MetasrvException error) -> prepareRollback(error);
      case ProcedureState.RollingBack(MetasrvException error) -> rollback(error);
      case ProcedureState.Done done -> done;
      case ProcedureState.Failed failed -> failed;
      case ProcedureState.Poisoned poisoned -> poisoned;
    };
  }

  private ProcedureState execute() throws InterruptedException {
    Step step;
    RunContext context = context();
    MonotonicTime began = parts.runtime().monotonic();
    try {
      step = procedure.execute(context);
    } catch (MetasrvException failed) {
      launcher.requireTerm();
      return afterFailure(failed);
    } finally {
      context.endStep();
      parts.meters().stepTook(run.profile().typeName(), parts.runtime().monotonic().since(began));
    }
    launcher.requireTerm();
    return switch (step) {
      case Step.Executing(boolean persist, boolean cleanPoisons) ->
          executing(persist, cleanPoisons);
      case Step.Suspended(List<Step.Child> children, boolean persist) ->
          suspended(children, persist);
      case Step.Poisoned(MetasrvException error) -> new ProcedureState.Poisoned(error);
      case Step.Done done -> done(done);
    };
  }

  private RunContext context() {
    return new RunContext(
        run, parts.registry(), parts.poisons(), parts.dynamicLocks(), parts.runtime());
  }

  private ProcedureState afterFailure(MetasrvException failed) throws InterruptedException {
    if (failed instanceof ProcedureException asked && asked.cleansPoisons()) {
      try {
        cleanPoisons();
      } catch (MetasrvException notCleaned) {
        return retry("clean_poisons", notCleaned);
      }
    }
    // An outcome nobody knows can be tried again, because steps may be repeated.
    return failed.isRetryable() || failed instanceof StoreException.UnknownOutcome
        ? new ProcedureState.Retrying(failed)
        : giveUp(failed);
  }

  /** Where it goes from an error that no retry helps. */
  ProcedureState giveUp(MetasrvException error) {
    return procedure.rollbackSupported()
        ? new ProcedureState.PrepareRollback(error)
        : new ProcedureState.Failed(error);
  }

  private ProcedureState executing(boolean persist, boolean cleanPoisons)
      throws InterruptedException {
    try {
      if (cleanPoisons) {
        cleanPoisons();
      }
      if (persist) {
        persist();
      }
      return new ProcedureState.Running();
    } catch (MetasrvException notWritten) {
      return retry("persist", notWritten);
    }
  }

  private ProcedureState suspended(List<Step.Child> children, boolean persist)
      throws InterruptedException {
    if (persist) {
      try {
        persist();
      } catch (MetasrvException notWritten) {
        return retry("persist", notWritten);
      }
    }
    Optional<MetasrvException> conflict = conflict(children);
    if (conflict.isPresent()) {
      return giveUp(conflict.get());
    }
    if (run.state() instanceof ProcedureState.Retrying) {
      run.become(new ProcedureState.Running());
    }
    children.forEach(child -> launcher.startChild(run, child));
    new ChildWait(run, parts).oneEnded(children);
    launcher.requireTerm();
    return new ProcedureState.Running();
  }

  private Optional<MetasrvException> conflict(List<Step.Child> children) {
    for (Step.Child child : children) {
      Profile wanted = Profile.of(child.id(), child.procedure(), false);
      Optional<ProcedureRun> holder = Optional.of(run);
      while (holder.isPresent()) {
        ProcedureRun ancestor = holder.get();
        Optional<LockKey> refused = ancestor.profile().locks().conflictWith(wanted.locks());
        if (refused.isPresent()) {
          return Optional.of(
              ProcedureErrors.deadlockPrevented(child.id(), refused.get(), ancestor.id()));
        }
        holder = ancestor.parent();
      }
    }
    return Optional.empty();
  }

  private ProcedureState done(Step.Done done) throws InterruptedException {
    try {
      cleanPoisons();
      Bytes key = run.journal().commit();
      run.note("done, written to " + key);
      return new ProcedureState.Done(done.output());
    } catch (MetasrvException notWritten) {
      return retry("commit", notWritten);
    }
  }

  private ProcedureState prepareRollback(MetasrvException error) throws InterruptedException {
    rollbackCause = Optional.of(error);
    try {
      Bytes key = run.journal().rollback(procedure.dump(), ErrorTexts.chain(error));
      run.note("rollback written to " + key);
    } catch (MetasrvException notWritten) {
      launcher.requireTerm();
      parts.meters().storeFailure("rollback");
      run.note("the rollback could not be written", notWritten);
      return new ProcedureState.PrepareRollback(error);
    }
    return procedure.rollbackSupported()
        ? new ProcedureState.RollingBack(error)
        : new ProcedureState.Failed(error);
  }

  private ProcedureState rollback(MetasrvException error) throws InterruptedException {
    MetasrvException cause = rollbackCause.orElse(error);
    rollbackCause = Optional.of(cause);
    if (procedure.rollbackSupported()) {
      RunContext context = context();
      try {
        procedure.rollback(context);
      } catch (MetasrvException failed) {
        launcher.requireTerm();
        return new ProcedureState.RollingBack(failed);
      } finally {
        context.endStep();
      }
      launcher.requireTerm();
      run.note("rolled back");
    }
    return new ProcedureState.Failed(cause);
  }

  private void persist() {
    Bytes key = run.journal().persist(procedure.dump());
    run.note("state written to " + key);
  }

  /** Tries every announced poison; the last failure counts. */
  private void cleanPoisons() {
    Optional<MetasrvException> last = Optional.empty();
    for (PoisonKey key : run.profile().poisonKeys()) {
      try {
        parts.poisons().delete(key, run.id());
      } catch (MetasrvException failed) {
        last = Optional.of(failed);
      }
    }
    if (last.isPresent()) {
      throw last.get();
    }
  }

  private ProcedureState retry(String what, MetasrvException failed) throws InterruptedException {
    launcher.requireTerm();
    parts.meters().storeFailure(what);
    return new ProcedureState.Retrying(failed);
  }
}
