package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.Optional;

/** What a running procedure may ask of the framework. For the task that runs it only. */
public interface ProcedureContext {

  /** The procedure's own id. */
  ProcedureId id();

  /** Whether this is the first execution after a failed one, in this term. */
  boolean isRetrying();

  /** The state of another procedure, usually a child; empty if it is not known. */
  Optional<ProcedureState> stateOf(ProcedureId other);

  /**
   * Marks a thing as possibly half changed. Repeating it is fine.
   *
   * @throws io.metasrv.domain.error.MetasrvException if the procedure did not announce the key, or
   *     another procedure's poison is there
   */
  void putPoison(PoisonKey key);

  /**
   * Takes a lock for a part of a step; these locks are another family than {@link
   * Procedure#locks()} and don't exclude them (sheet 05 §11.4).
   *
   * @return gives the lock back
   */
  DynamicLock lock(LockKey key) throws InterruptedException;

  /** A lock taken by {@link #lock}. */
  interface DynamicLock extends AutoCloseable {
    @Override
    void close();
  }
}
