package io.metasrv.application.service;

import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;

/**
 * What operators see of procedures and how they step in. Procedures live in the leader's memory:
 * every method throws {@link io.metasrv.domain.error.NotLeaderException} on a node that does not
 * lead. Thread-safe.
 */
public interface ProcedureAdminService {

  /**
   * JSON object: {@code procedures} that run or ended in the last minutes, without timelines, and
   * {@code quarantined}, what is stored and not run.
   */
  String listJson();

  /**
   * JSON object: one procedure with its timeline, its locks and the procedures it waits for; or the
   * record of the history, or what is quarantined under that id. Empty if nothing is known.
   */
  Optional<String> showJson(ProcedureId id);

  /** JSON object: who holds and who waits for which lock, since when. */
  String locksJson();

  /**
   * JSON array: the latest finished procedures, latest first.
   *
   * @param limit most records, at least 1
   */
  String historyJson(int limit);

  /**
   * Asks a procedure to end at its next boundary between steps, rolled back if it can be.
   *
   * @return JSON object that says what happens now
   * @throws io.metasrv.domain.error.ServiceException if it is not known or cannot be cancelled
   */
  String cancel(ProcedureId id);

  /**
   * Takes away a procedure that is stuck, without rolling it back; its records move to the history.
   *
   * @return JSON object with the poisons it leaves
   * @throws io.metasrv.domain.error.ServiceException if it is not known or in the middle of a step
   */
  String skip(ProcedureId id);

  /**
   * Runs a quarantined procedure after all.
   *
   * @return JSON object that says what happens now
   * @throws io.metasrv.domain.error.ServiceException if it is not known or still cannot be loaded
   */
  String retry(ProcedureId id);
}
