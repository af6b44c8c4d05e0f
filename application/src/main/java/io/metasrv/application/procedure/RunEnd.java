package io.metasrv.application.procedure;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.procedure.lock.LockTable;
import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.domain.procedure.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a procedure (sheet 05 §6). Its children end before it. A root that failed is made to
 * stay so in the store before anybody is told, lest the next leader run it again; a root that is
 * done is so by its last record. Then those who wait are told, locks are given back, and what is
 * stored of the tree makes way for its history, however long that takes. For the procedure's task.
 */
final class RunEnd {

  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

  /** How often the end of a failed root is written before those who wait are told nevertheless. */
  private static final int ATTEMPTS_BEFORE_TELLING = 4;

  private static final RetryPolicy PAUSES =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(500));

  private final ProcedureRun run;
  private final LockTable.Ticket ticket;
  private final TermParts parts;
  private final Launcher launcher;
  private Instant at = Instant.EPOCH;

  RunEnd(ProcedureRun run, LockTable.Ticket ticket, TermParts parts, Launcher launcher) {
    this.run = run;
    this.ticket = ticket;
    this.parts = parts;
    this.launcher = launcher;
  }

  /**
   * It came to its last state.
   *
   * @param givenUp the state that was given up, if an operator skipped it
   */
  void ended(ProcedureState last, Optional<String> givenUp) throws InterruptedException {
    new ChildWait(run, parts).allEnded();
    boolean settled = false;
    at = parts.runtime().wallClock();
    Runnable archive = () -> archive(last, givenUp);
    if (isRoot() && last.failure().isPresent() && run.journal().hasRecords()) {
      settled = attempt("end", archive, ATTEMPTS_BEFORE_TELLING);
    }
    tell(last);
    if (isRoot() && !settled) {
      attempt("end", archive, Integer.MAX_VALUE);
    }
  }

  /** A bug ended it. What is stored of a root is kept, and marked so that it is not run again. */
  void panicked() throws InterruptedException {
    MetasrvException error = ProcedureErrors.panicked(run.id());
    ProcedureState last = new ProcedureState.Failed(error);
    if (!isRoot() || !run.journal().hasRecords()) {
      ended(last, Optional.empty());
      return;
    }
    new ChildWait(run, parts).allEnded();
    boolean settled = attempt("quarantine", this::quarantine, ATTEMPTS_BEFORE_TELLING);
    tell(last);
    if (!settled) {
      attempt("quarantine", this::quarantine, Integer.MAX_VALUE);
    }
  }

  private boolean isRoot() {
    return run.parent().isEmpty();
  }

  private void tell(ProcedureState last) throws InterruptedException {
    launcher.requireTerm();
    run.end(last);
    ticket.close();
    Duration took = Duration.between(run.view().submittedAt(), parts.runtime().wallClock());
    parts.meters().ended(run.profile().typeName(), last.wireName(), took);
    run.parent().ifPresent(ProcedureRun::childHasEnded);
    if (isRoot()) {
      parts.registry().finish(Registry.tree(run), parts.runtime().monotonic());
      last.failure().ifPresent(this::tellFailure);
    }
    parts.measureLoad();
  }

  private void tellFailure(MetasrvException error) {
    LOG.warn(
        "Procedure {} ({}, {}) ended as {}: {}",
        run.id(),
        run.profile().typeName(),
        run.profile().subject(),
        run.state().wireName(),
        ErrorTexts.chain(error));
  }

  private void archive(ProcedureState last, Optional<String> givenUp) {
    if (!run.isEnded()) {
      run.note("ends as " + last.wireName());
    }
    List<ProcedureRun> tree = Registry.tree(run);
    List<ProcedureView> views = new ArrayList<>(tree.stream().map(ProcedureRun::view).toList());
    views.set(0, views.getFirst().endedAs(last, at));
    KeyValue record = parts.history().record(views, at, givenUp);
    parts.journal().replace(List.of(record), keys(tree));
    parts.finished().add(run.id());
  }

  private static List<Bytes> keys(List<ProcedureRun> tree) {
    List<Bytes> keys = new ArrayList<>();
    tree.forEach(member -> keys.addAll(member.journal().keys()));
    return keys;
  }

  private void quarantine() {
    String reason = "it panicked, see the log of " + parts.context().serverAddress();
    parts.quarantine().mark(run.id(), keys(Registry.tree(run)), reason);
    parts.meters().quarantined(parts.quarantine().all().size());
    parts.event("procedure.quarantined", "procedure", run.id().toString(), "reason", reason);
  }

  /** Tries until it succeeds; false if it did not as often as that. */
  private boolean attempt(String what, Runnable write, int times) throws InterruptedException {
    for (int failures = 0; failures < times; failures++) {
      try {
        write.run();
        return true;
      } catch (MetasrvException failed) {
        launcher.requireTerm();
        parts.meters().storeFailure(what);
        LOG.warn(
            "The {} of procedure {} could not be written, trying again: {}",
            what,
            run.id(),
            ErrorTexts.chain(failed));
      } catch (RuntimeException bug) {
        LOG.error("The {} of procedure {} cannot be written", what, run.id(), bug);
        return false;
      }
      if (failures + 1 < times) {
        parts.runtime().sleep(PAUSES.delay(failures).orElseThrow());
      }
    }
    return false;
  }
}
