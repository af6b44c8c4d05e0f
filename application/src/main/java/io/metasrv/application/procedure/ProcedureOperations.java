package io.metasrv.application.procedure;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.procedure.journal.ProcedureRecord;
import io.metasrv.application.procedure.journal.RecordScan;
import io.metasrv.application.procedure.journal.StoredProcedure;
import io.metasrv.application.procedure.lock.LockTable;
import io.metasrv.application.procedure.view.QuarantinedProcedure;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.ProcedureQuarantineKey;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What operators see of one term's procedures, and how they step in. Thread-safe. */
public final class ProcedureOperations {

  /** A procedure that may be skipped does not run a step, so that its end is a matter of writes. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TermParts parts;
  private final Launcher launcher;
  private final StoredLoader loader;
  private final RecordScan scan;

  ProcedureOperations(TermParts parts, Launcher launcher, StoredLoader loader, RecordScan scan) {
    this.parts = parts;
    this.launcher = launcher;
    this.loader = loader;
    this.scan = scan;
  }

  /** Who holds and who waits for the locks of whole procedures, in the order of arrival. */
  public List<LockTable.Place> locks() {
    return parts.locks().places();
  }

  /** Who holds and who waits for the locks of parts of steps. */
  public List<LockTable.Place> dynamicLocks() {
    return parts.dynamicLocks().places();
  }

  /** What is stored and not run. */
  public List<QuarantinedProcedure> quarantined() {
    return parts.quarantine().all();
  }

  /**
   * The latest records of the history, latest first, as JSON.
   *
   * @param limit most records, at least 1
   */
  public List<Bytes> history(int limit) {
    return parts.history().latest(limit);
  }

  /** The record of one finished procedure, as JSON. */
  public Optional<Bytes> history(ProcedureId id) {
    return parts.history().find(id);
  }

  /**
   * Asks a procedure and its children to end: at the next boundary between steps, or at once where
   * it waits. It is rolled back if it can be, else it fails.
   *
   * @throws ServiceException if it is not known (InvalidArguments), or has ended or is being rolled
   *     back (IllegalState)
   */
  public void cancel(ProcedureId id) {
    ProcedureRun run = run(id);
    give(run, ProcedureRun.Order.CANCEL);
    Registry.tree(run).stream().skip(1).forEach(below -> below.give(ProcedureRun.Order.CANCEL));
    audit("procedure.cancelled", id);
  }

  /**
   * Takes away a procedure that does not come to an end, without rolling it back: one that pauses
   * or waits for locks, or one that is not run at all. What is stored of it moves to the history;
   * its poisons stay.
   *
   * @return the poisons it has left
   * @throws ServiceException if it is not known (InvalidArguments), or is in the middle of a step
   *     or has ended (IllegalState)
   */
  public List<PoisonKey> skip(ProcedureId id) throws InterruptedException {
    Optional<QuarantinedProcedure> stored = parts.quarantine().take(id);
    if (stored.isPresent()) {
      skipStored(id, stored.get());
    } else {
      ProcedureRun run = run(id);
      give(run, ProcedureRun.Order.SKIP);
      if (run.whenEnded().await(PATIENCE).isEmpty()) {
        throw ServiceException.illegalState(
            "Procedure %s was told to end and has not done so within %d s"
                .formatted(id, PATIENCE.toSeconds()));
      }
    }
    audit("procedure.skipped", id);
    return parts.poisons().of(id);
  }

  private void skipStored(ProcedureId id, QuarantinedProcedure stored) {
    boolean done = false;
    try {
      KeyValue record =
          parts
              .history()
              .givenUp(
                  id,
                  "skipped by operator, after: " + stored.reason(),
                  parts.context().store().get(stored.key()).map(Bytes::toUtf8));
      List<Bytes> keys = new ArrayList<>(stored.allKeys());
      keys.add(new ProcedureQuarantineKey(id).toBytes());
      parts.journal().replace(List.of(record), keys);
      parts.finished().add(id);
      done = true;
    } finally {
      if (!done) {
        parts.quarantine().add(stored);
      }
      parts.meters().quarantined(parts.quarantine().all().size());
    }
  }

  /**
   * Runs a stored procedure after all that had been set apart, for example because it panicked.
   *
   * @throws ServiceException (InvalidArguments) if there is none; (Unexpected) if it still cannot
   *     be read or loaded
   */
  public void retry(ProcedureId id) {
    QuarantinedProcedure apart =
        parts.quarantine().take(id).orElseThrow(() -> ProcedureErrors.notFound(id));
    boolean done = false;
    try {
      StoredProcedure stored = scan.of(id).orElseThrow(() -> ProcedureErrors.notFound(id));
      ProcedureRecord record = loader.read(stored);
      Procedure procedure = loader.load(stored, record);
      parts.journal().replace(List.of(), List.of(new ProcedureQuarantineKey(id).toBytes()));
      parts.registry().forgetEnded(id);
      launcher.resume(stored, procedure, StoredLoader.state(stored, record));
      done = true;
    } finally {
      if (!done) {
        parts.quarantine().add(apart);
      }
      parts.meters().quarantined(parts.quarantine().all().size());
    }
    audit("procedure.retried", id);
  }

  private ProcedureRun run(ProcedureId id) {
    if (launcher.isOver()) {
      throw launcher.notLeader();
    }
    return parts.registry().find(id).orElseThrow(() -> ProcedureErrors.notFound(id));
  }

  private static void give(ProcedureRun run, ProcedureRun.Order order) {
    Optional<String> refusal = run.give(order);
    if (refusal.isPresent()) {
      throw ServiceException.illegalState(
          "Procedure %s cannot be told to %s: %s"
              .formatted(run.id(), order.name().toLowerCase(Locale.ROOT), refusal.get()));
    }
  }

  private void audit(String type, ProcedureId id) {
    parts.event(type, "procedure", id.toString());
  }
}
