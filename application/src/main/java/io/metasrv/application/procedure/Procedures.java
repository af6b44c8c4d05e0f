package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.Optional;

/**
 * The procedures of one term: submission and waiting. What a DDL, a migration or a plug-in sees of
 * the manager. Thread-safe.
 */
public interface Procedures {

  /**
   * Starts a root procedure under a new id and returns at once.
   *
   * @throws io.metasrv.domain.error.MetasrvException if the manager is paused, stopped or full
   */
  ProcedureId submit(Procedure procedure);

  /**
   * Waits for the end of a procedure.
   *
   * @throws io.metasrv.domain.error.MetasrvException with the procedure's own error if it failed or
   *     was poisoned
   * @throws InterruptedException if the waiting task was cancelled; the procedure goes on
   */
  ProcedureOutput await(ProcedureId id) throws InterruptedException;

  /** The state, as long as the procedure is remembered. */
  Optional<ProcedureState> state(ProcedureId id);

  /** Makes a type of procedure recoverable; before the term's recovery, else it has no effect. */
  void register(String typeName, ProcedureLoader loader);
}
