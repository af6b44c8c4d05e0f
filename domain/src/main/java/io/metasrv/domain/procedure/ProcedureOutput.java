package io.metasrv.domain.procedure;

import io.metasrv.domain.TableId;
import java.util.List;

/** What a procedure that ended well leaves to the caller who waits. Never stored (sheet 05 §17). */
public sealed interface ProcedureOutput {

  /** Nothing. */
  record Nothing() implements ProcedureOutput {}

  /** Ids of tables or views, in the order of the tasks. */
  record TableIds(List<TableId> ids) implements ProcedureOutput {
    public TableIds {
      ids = List.copyOf(ids);
    }
  }

  /**
   * The id of a flow.
   *
   * @param id unsigned 32-bit
   */
  record FlowId(long id) implements ProcedureOutput {}
}
