package io.metasrv.domain.table;

import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;

/**
 * Which table, in which version.
 *
 * @param tableId the table
 * @param version unsigned; one up with each ALTER, not with a new name or comment
 * @param unknown members kept for others
 */
public record TableIdent(TableId tableId, long version, UnknownMembers unknown) {

  /** A new table's. */
  public static TableIdent of(TableId tableId) {
    return new TableIdent(tableId, 0, UnknownMembers.NONE);
  }

  /** The next version. */
  public TableIdent next() {
    return new TableIdent(tableId, version + 1, unknown);
  }

  /** The same version of another table. */
  public TableIdent withTableId(TableId changed) {
    return new TableIdent(changed, version, unknown);
  }
}
