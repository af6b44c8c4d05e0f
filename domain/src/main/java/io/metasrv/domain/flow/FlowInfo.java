package io.metasrv.domain.flow;

import io.metasrv.domain.Maps;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import io.metasrv.domain.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A flow as stored (sheet 03 §3.11).
 *
 * @param sourceTableIds tables it reads
 * @param allSourceTableNames their names, and those of tables not found yet
 * @param unresolvedSourceTableNames of tables not found yet
 * @param sinkTableName table it writes
 * @param flownodeIds flownode (unsigned 64 bits) by partition (unsigned 32 bits)
 * @param catalogName its catalog
 * @param queryContext session of its statement
 * @param flowName its name
 * @param rawSql its query
 * @param expireAfterSecs seconds, signed
 * @param evalIntervalSecs seconds, signed
 * @param comment its comment
 * @param options {@code flow_type} among them
 * @param status whether it runs
 * @param createdTime nanoseconds kept
 * @param updatedTime nanoseconds kept
 * @param schedule when it runs
 * @param unknown members kept for others
 * @param unknownOfNames the same of the table names
 */
public record FlowInfo(
    List<TableId> sourceTableIds,
    List<TableName> allSourceTableNames,
    List<TableName> unresolvedSourceTableNames,
    TableName sinkTableName,
    SequencedMap<Long, Long> flownodeIds,
    String catalogName,
    Optional<QueryContext> queryContext,
    String flowName,
    String rawSql,
    OptionalLong expireAfterSecs,
    OptionalLong evalIntervalSecs,
    String comment,
    SequencedMap<String, String> options,
    FlowStatus status,
    Instant createdTime,
    Instant updatedTime,
    Optional<FlowSchedule> schedule,
    UnknownMembers unknown,
    UnknownMembersBy<TableName> unknownOfNames) {

  /** Name of the option that says how it runs: {@code batching} or {@code streaming}. */
  public static final String FLOW_TYPE = "flow_type";

  public FlowInfo {
    sourceTableIds = List.copyOf(sourceTableIds);
    allSourceTableNames = List.copyOf(allSourceTableNames);
    unresolvedSourceTableNames = List.copyOf(unresolvedSourceTableNames);
    flownodeIds = Maps.copyOf(flownodeIds);
    options = Maps.copyOf(options);
  }

  /** With another comment, changed at the time. */
  public FlowInfo withComment(String changed, Instant at) {
    return new FlowInfo(
        sourceTableIds,
        allSourceTableNames,
        unresolvedSourceTableNames,
        sinkTableName,
        flownodeIds,
        catalogName,
        queryContext,
        flowName,
        rawSql,
        expireAfterSecs,
        evalIntervalSecs,
        changed,
        options,
        status,
        createdTime,
        at,
        schedule,
        unknown,
        unknownOfNames);
  }

  /**
   * As the replacement of another: made when that was made, with the members of that kept for
   * others.
   */
  public FlowInfo replacing(FlowInfo former) {
    return new FlowInfo(
        sourceTableIds,
        allSourceTableNames,
        unresolvedSourceTableNames,
        sinkTableName,
        flownodeIds,
        catalogName,
        queryContext,
        flowName,
        rawSql,
        expireAfterSecs,
        evalIntervalSecs,
        comment,
        options,
        status,
        former.createdTime,
        updatedTime,
        schedule,
        former.unknown,
        former.unknownOfNames);
  }
}
