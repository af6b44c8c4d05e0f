package io.metasrv.application.procedure;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import java.util.List;

/** What a step asks of the framework (sheet 05 §2). */
public sealed interface Step {

  /**
   * More steps follow.
   *
   * @param persist whether the dump is stored before the next one
   * @param cleanPoisons whether the procedure's poisons are removed first
   */
  record Executing(boolean persist, boolean cleanPoisons) implements Step {}

  /**
   * Waits for children. After each end of a child {@code execute} is called again; it returns those
   * still unfinished with the same ids, or goes on.
   *
   * @param children to start, unless their id is known already
   * @param persist whether the dump is stored first
   */
  record Suspended(List<Child> children, boolean persist) implements Step {
    public Suspended {
      children = List.copyOf(children);
    }
  }

  /** Ends the procedure and leaves its poisons. */
  record Poisoned(MetasrvException error) implements Step {}

  /** Ends the procedure well. */
  record Done(ProcedureOutput output) implements Step {}

  /** A child with the id its parent gave it. */
  record Child(ProcedureId id, Procedure procedure) {}

  /** More steps follow, and the dump is stored before the next. */
  static Step persisted() {
    return new Executing(true, false);
  }

  /** More steps follow, and nothing need be stored. */
  static Step volatileStep() {
    return new Executing(false, false);
  }

  /** Ends the procedure well, without an output. */
  static Step done() {
    return new Done(new ProcedureOutput.Nothing());
  }
}
