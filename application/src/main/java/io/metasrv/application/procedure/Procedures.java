package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.Optional;

/**
 * The procedures of one term: submission and waiting. What a DDL, a migration or a plug-in sees of
 * the manager. Thread-safe.
 *
 * <p>Once the term is over every method but {@link #state} throws {@link
 * io.metasrv.domain.error.NotLeaderException}, also to those who wait already: the next leader goes
 * on with what was stored.
 */
public interface Procedures {

  /**
   * Starts a root procedure under a new id and returns at once.
   *
   * @throws io.metasrv.domain.error.MetasrvException if the manager is paused, stopped or full
   */
  ProcedureId submit(Procedure procedure);

  /**
   * The same under an id of the caller's, for example one derived from a request that may be sent
   * twice. Ids are remembered as long as the history of procedures is kept, across leaders.
   *
   * @return whether it was started; false if the id is known, running or finished, and nothing was
   *     done
   * @throws io.metasrv.domain.error.MetasrvException if the manager is paused, stopped or full
   */
  boolean submitOnce(ProcedureId id, Procedure procedure);

  /**
   * Waits for the end of a procedure.
   *
   * @throws io.metasrv.domain.error.ProcedureException with the code, the root cause's text and, as
   *     cause, the error of the procedure, if it failed or was poisoned
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if it is not known
   * @throws InterruptedException if the waiting task was cancelled; the procedure goes on
   */
  ProcedureOutput await(ProcedureId id) throws InterruptedException;

  /** The state, as long as the procedure is remembered. */
  Optional<ProcedureState> state(ProcedureId id);

  /**
   * Makes a type of procedure recoverable; called by a {@link ProcedureTypes}, before the term's
   * recovery.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if the name is taken
   */
  void register(String typeName, ProcedureLoader loader);
}
