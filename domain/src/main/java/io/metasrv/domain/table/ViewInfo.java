package io.metasrv.domain.table;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * A view as stored (sheet 03 §3.8).
 *
 * @param plan the encoded logical plan
 * @param tableNames tables it reads
 * @param columns its columns' names as given
 * @param planColumns names of the plan's columns
 * @param definition its SQL
 * @param version unsigned; one up with each replacement
 * @param unknown members kept for others
 * @param unknownOfNames the same of the table names
 */
public record ViewInfo(
    Bytes plan,
    SequencedSet<TableName> tableNames,
    List<String> columns,
    List<String> planColumns,
    String definition,
    long version,
    UnknownMembers unknown,
    UnknownMembersBy<TableName> unknownOfNames) {

  public ViewInfo {
    tableNames = java.util.Collections.unmodifiableSequencedSet(new LinkedHashSet<>(tableNames));
    columns = List.copyOf(columns);
    planColumns = List.copyOf(planColumns);
  }

  /** The first version. */
  public static ViewInfo of(
      Bytes plan,
      SequencedSet<TableName> tableNames,
      List<String> columns,
      List<String> planColumns,
      String definition) {
    return new ViewInfo(
        plan,
        tableNames,
        columns,
        planColumns,
        definition,
        0,
        UnknownMembers.NONE,
        UnknownMembersBy.none());
  }

  /** The next version, with another content. */
  public ViewInfo next(
      Bytes newPlan,
      SequencedSet<TableName> newTableNames,
      List<String> newColumns,
      List<String> newPlanColumns,
      String newDefinition) {
    return new ViewInfo(
        newPlan,
        newTableNames,
        newColumns,
        newPlanColumns,
        newDefinition,
        version + 1,
        unknown,
        unknownOfNames);
  }
}
