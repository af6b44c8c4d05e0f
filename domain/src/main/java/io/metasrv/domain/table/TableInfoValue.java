package io.metasrv.domain.table;

import io.metasrv.domain.UnknownMembers;

/**
 * A table's info as stored (sheet 03 §3.4).
 *
 * @param info the table
 * @param version unsigned; one up with each update
 * @param unknown members kept for others
 */
public record TableInfoValue(TableInfo info, long version, UnknownMembers unknown) {

  /** The first version. */
  public static TableInfoValue of(TableInfo info) {
    return new TableInfoValue(info, 0, UnknownMembers.NONE);
  }

  /** The next version. */
  public TableInfoValue next(TableInfo changed) {
    return new TableInfoValue(changed, version + 1, unknown);
  }
}
