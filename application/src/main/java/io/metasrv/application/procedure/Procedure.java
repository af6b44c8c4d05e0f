package io.metasrv.application.procedure;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.PoisonKey;
import java.util.List;

/**
 * A resumable state machine whose steps survive crashes (sheet 05 §1). One object is one run in one
 * term: {@link #execute} and {@link #rollback} are called by one task at a time; {@link #dump} by
 * the same task after each step.
 *
 * <p>Rules for authors (sheet 05 §23): {@code execute} may run again after a failure, a failed
 * persist or a crash, so every effect on others tolerates repetition; what a step with effects
 * needs is in the dump before it runs; clock and chance are asked once and persisted before they
 * end up in data that is compared; values compared with the store are kept as the raw bytes read.
 *
 * <p>An error's {@link MetasrvException#isRetryable()} decides whether a step is tried again.
 */
public interface Procedure {

  /** Begins every type name. */
  String TYPE_PREFIX = "metasrv-procedure::";

  /**
   * Stable name under which records are stored, for example {@code metasrv-procedure::DropView}.
   */
  String typeName();

  /**
   * Runs one step.
   *
   * @throws MetasrvException if the step failed
   * @throws InterruptedException if the term ended; nothing is persisted then
   */
  Step execute(ProcedureContext context) throws InterruptedException;

  /** Whether {@link #rollback} can undo what was done so far. Asked when it matters. */
  default boolean rollbackSupported() {
    return false;
  }

  /** Undoes what was done; may be called again after a failure or a crash. */
  default void rollback(ProcedureContext context) throws InterruptedException {
    throw ServiceException.unsupported("Not support to rollback the procedure");
  }

  /** The state as stored: what its loader turns back into this procedure. */
  String dump();

  /** Called once after loading, before the first step; for what lives in memory only. */
  default void recover() {}

  /**
   * Called once when this run is over for good, however it ended, before its locks are given back;
   * for what lives in memory only. Must not throw.
   */
  default void ended() {}

  /** The locks to hold from before the first step to after the last. Asked once. */
  List<LockKey> locks();

  /** The poisons it may put. Asked once. */
  default List<PoisonKey> poisonKeys() {
    return List.of();
  }

  /** What it works on, in a few words for people, for example {@code table greptime.public.t}. */
  String subject();
}
