package io.metasrv.application.ddl;

import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableName;

/** The errors of data definition, with the texts and codes that clients know (sheet 06 §21). */
public final class DdlErrors {

  private DdlErrors() {}

  /** A table has the name already. */
  public static ServiceException tableAlreadyExists(TableName name) {
    return tableAlreadyExists(name.toString());
  }

  /**
   * The same with a text of the caller's.
   *
   * @param name as the message shall show it
   */
  public static ServiceException tableAlreadyExists(String name) {
    return new ServiceException(
        StatusCode.TABLE_ALREADY_EXISTS, "Table already exists, table: " + name);
  }

  /** No table has the name. */
  public static ServiceException tableNotFound(TableName name) {
    return new ServiceException(
        StatusCode.TABLE_NOT_FOUND, "Table not found: '%s'".formatted(name));
  }

  /**
   * There is no info of the table.
   *
   * @param table as the message shall show it
   */
  public static ServiceException tableInfoNotFound(String table) {
    return ServiceException.unexpected("Table info not found: " + table);
  }

  /** There is no route of the table. */
  public static ServiceException tableRouteNotFound(TableId table) {
    return ServiceException.unexpected("Failed to find table route for table id " + table);
  }

  /** A view has the name already. */
  public static ServiceException viewAlreadyExists(TableName name) {
    return new ServiceException(
        StatusCode.TABLE_ALREADY_EXISTS, "View already exists, view: " + name);
  }

  /** No view has the name. */
  public static ServiceException viewNotFound(TableName name) {
    return new ServiceException(StatusCode.TABLE_NOT_FOUND, "View not found: '%s'".formatted(name));
  }

  /** A view's info cannot be used. */
  public static ServiceException invalidViewInfo(String reason) {
    return ServiceException.invalidArguments("Invalid view info, err: " + reason);
  }

  /** The schema is there already. */
  public static ServiceException schemaAlreadyExists(String catalog, String schema) {
    return new ServiceException(
        StatusCode.DATABASE_ALREADY_EXISTS,
        "Schema already exists, catalog:%s, schema: %s".formatted(catalog, schema));
  }

  /** There is no such schema; spelled and coded as clients know it. */
  public static ServiceException schemaNotFound(String schema) {
    return ServiceException.invalidArguments("Schema nod found, schema: " + schema);
  }

  /**
   * A flow has the name already.
   *
   * @param flow {@code catalog.flow}
   */
  public static ServiceException flowAlreadyExists(String flow) {
    return new ServiceException(StatusCode.FLOW_ALREADY_EXISTS, "Flow already exists: " + flow);
  }

  /**
   * No flow has the name.
   *
   * @param flow {@code catalog.flow}
   */
  public static ServiceException flowNotFound(String flow) {
    return new ServiceException(StatusCode.FLOW_NOT_FOUND, "Flow not found: '%s'".formatted(flow));
  }

  /**
   * There is no route of the flow.
   *
   * @param flow {@code catalog.flow}
   */
  public static ServiceException flowRouteNotFound(String flow) {
    return ServiceException.unexpected("Flow route not found: '%s'".formatted(flow));
  }

  /** This is not done. */
  public static ServiceException unsupported(String operation) {
    return ServiceException.unsupported("Unsupported operation " + operation);
  }

  /** The state of the system contradicts the request. */
  public static ServiceException unexpected(String message) {
    return ServiceException.unexpected("Unexpected: " + message);
  }

  /** Another procedure has registered the region. */
  public static ServiceException regionOperatingRace(RegionId region, long datanodeId) {
    return ServiceException.unexpected(
        "Another procedure is operating the region: %s on peer: %s"
            .formatted(region, Long.toUnsignedString(datanodeId)));
  }

  /** A region has no leader to send requests to. */
  public static ServiceException noLeader(TableId table) {
    return new ServiceException(
        StatusCode.TABLE_UNAVAILABLE, "No leader found for table_id: " + table);
  }

  /**
   * A list of tasks is empty.
   *
   * @param name what they do, for example {@code create logical tables}
   */
  public static ServiceException emptyTasks(String name) {
    return ServiceException.invalidArguments("The tasks of %s cannot be empty".formatted(name));
  }

  /** Tasks that create logical tables don't go together. */
  public static ServiceException createLogicalTables(String reason) {
    return ServiceException.invalidArguments("Create logical tables invalid arguments: " + reason);
  }

  /** Tasks that alter logical tables don't go together. */
  public static ServiceException alterLogicalTables(String reason) {
    return ServiceException.invalidArguments("Alter logical tables invalid arguments: " + reason);
  }

  /** The primary key names a column that is not there. */
  public static ServiceException primaryKeyNotFound(String column) {
    return ServiceException.invalidArguments(
        "Primary key '%s' not found when creating region request".formatted(column));
  }

  /** What nodes or the store say contradicts itself. */
  public static ServiceException metadataCorruption(String message) {
    return ServiceException.unexpected("Metadata corruption: " + message);
  }

  /** A datanode refused; what it said is the cause, its code the code. */
  public static ServiceException operateDatanode(Peer datanode, MetasrvException cause) {
    return new ServiceException(cause.code(), "Failed to operate on datanode: " + datanode, cause);
  }

  /** Nothing may be sent to regions without the poison; why there is none is the cause. */
  public static ServiceException putPoison(MetasrvException cause) {
    return new ServiceException(
        cause.code(), "Failed to put poison, table metadata may be corrupted", cause);
  }

  /** Ranges of time cannot be sent to regions. */
  public static ServiceException convertTimeRanges(String reason) {
    return ServiceException.unexpected("Failed to convert time ranges: " + reason);
  }

  /**
   * A message lacks a part.
   *
   * @param expected what is missing, for example {@code expected drop table}
   */
  public static ServiceException invalidProto(String expected) {
    return ServiceException.unexpected("Invalid protobuf message: " + expected);
  }

  /** A name and an id in one request stand for two tables (sheet 06 §20). */
  public static ServiceException nameAndIdDiffer(TableName name, TableId given, TableId actual) {
    return ServiceException.invalidArguments(
        "The request names table %s and table id %s, but %s has the id %s; nothing was done"
            .formatted(name, given, name, actual));
  }
}
