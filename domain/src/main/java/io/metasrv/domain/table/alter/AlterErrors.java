package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;

/** Why a table cannot be altered so (sheet 06 §10.1, §21). */
public final class AlterErrors {

  private AlterErrors() {}

  /** InvalidAlterRequest. */
  public static ServiceException invalid(String table, String why) {
    return ServiceException.invalidArguments("Invalid alter table(" + table + ") request: " + why);
  }

  /** A column is there already. */
  static ServiceException columnExists(String table, String column) {
    return new ServiceException(
        StatusCode.TABLE_COLUMN_EXISTS, "Column " + column + " already exists in table " + table);
  }

  /** A column is missing. */
  public static ServiceException columnMissing(String table, String column) {
    return new ServiceException(
        StatusCode.TABLE_COLUMN_NOT_FOUND, "Column " + column + " not exists in table " + table);
  }

  /** A column of the primary key or the time index cannot go. */
  static ServiceException indexColumn(String table, String column) {
    return ServiceException.invalidArguments(
        "Not allowed to remove index column " + column + " from table " + table);
  }

  /** A column of the partition rule cannot go. */
  static ServiceException partitionColumn(String table, String column) {
    return ServiceException.invalidArguments(
        "Not allowed to remove partition column " + column + " from table " + table);
  }
}
