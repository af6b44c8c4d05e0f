package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.TermContext;

/**
 * Installs types of procedures into the manager of a term that begins: registers their loaders and
 * keeps what it needs to submit. Thread-safe.
 */
@FunctionalInterface
public interface ProcedureTypes {

  /**
   * Called once a term, before anything of it is started; does no I/O and does not block.
   *
   * @param procedures the manager of the term, not started yet
   */
  void install(TermContext context, Procedures procedures);
}
