package io.metasrv.domain.table;

import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;

/**
 * What a table's name leads to (sheet 03 §3.3).
 *
 * @param tableId a table or view
 * @param unknown members kept for others
 */
public record TableNameValue(TableId tableId, UnknownMembers unknown) {

  /** Only the id. */
  public static TableNameValue of(TableId tableId) {
    return new TableNameValue(tableId, UnknownMembers.NONE);
  }
}
