package io.metasrv.application.metadata;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableName;

/** The errors of this layer, with the reference's words and codes (sheet 03 §14). */
public final class MetadataErrors {

  /** Longest part of a stored value that an error shows, in characters. */
  private static final int SHOWN = 1_000;

  private MetadataErrors() {}

  /** The state of the store contradicts the operation. */
  public static ServiceException unexpected(String reason) {
    return ServiceException.unexpected("Unexpected: " + reason);
  }

  /** Another value is there than the one that was read or shall be written. */
  static ServiceException differentValue(String remote, String during, String expected) {
    return unexpected(
        "Reads the different value: %s during %s, expected: %s"
            .formatted(shown(remote), during, shown(expected)));
  }

  /** Nothing is there although something must be. */
  static ServiceException emptyValue(String what, String operation) {
    return unexpected("Reads the empty %s in comparing operation of %s".formatted(what, operation));
  }

  private static String shown(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }

  /** There is no route. */
  public static ServiceException tableRouteNotFound(TableId table) {
    return ServiceException.unexpected("Failed to find table route for table id " + table);
  }

  /** There is no info. */
  public static ServiceException tableInfoNotFound(String table) {
    return ServiceException.unexpected("Table info not found: " + table);
  }

  /** Nothing was repartitioned. */
  public static ServiceException tableRepartNotFound(TableId table) {
    return ServiceException.unexpected(
        "Failed to find table repartition metadata for table id " + table);
  }

  /** The table lies on another, and has no regions of its own. */
  public static ServiceException logicalRoute(TableId table) {
    return ServiceException.unexpected(
        "Unexpected table route type: the route of table " + table + " is not physical");
  }

  /** Someone else changed what only one may change. */
  public static ServiceException corruption(String reason) {
    return ServiceException.unexpected("Metadata corruption: " + reason);
  }

  /** The route does not have the region. */
  public static ServiceException regionNotFound(RegionId region) {
    return new ServiceException(StatusCode.TABLE_NOT_FOUND, "Region not found: " + region);
  }

  /** The datanode knows nothing of the table. */
  public static ServiceException datanodeTableNotFound(TableId table, long datanode) {
    return new ServiceException(
        StatusCode.INTERNAL,
        "Datanode table info not found, table id: %s, datanode id: %s"
            .formatted(table, Long.toUnsignedString(datanode)));
  }

  /** Values changed all the time while they were moved. */
  static ServiceException moveValues(String reason) {
    return new ServiceException(StatusCode.INTERNAL, "Failed to move values: " + reason);
  }

  /** The name is taken by another table or view. */
  public static ServiceException tableExists(TableName name) {
    return new ServiceException(
        StatusCode.TABLE_ALREADY_EXISTS, "Table already exists, table: " + name);
  }

  /** The name is taken by another flow. */
  public static ServiceException flowExists(String catalog, String flow) {
    return new ServiceException(
        StatusCode.FLOW_ALREADY_EXISTS, "Flow already exists: " + catalog + "." + flow);
  }

  /** The topics of the pool cannot have this prefix. */
  static ServiceException invalidTopicPrefix(String prefix) {
    return ServiceException.invalidArguments("Invalid topic name prefix: " + prefix);
  }

  /** A pool has at least one topic. */
  static ServiceException invalidNumTopics(int number) {
    return ServiceException.invalidArguments("Invalid number of topics " + number);
  }
}
