package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.TableNameManager;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the names of a flow's sources lead to, in their order.
 *
 * @param tables those that are there
 * @param missing names of those that are not
 */
record FlowSources(List<TableId> tables, List<TableName> missing) {

  static final FlowSources NONE = new FlowSources(List.of(), List.of());

  FlowSources {
    tables = List.copyOf(tables);
    missing = List.copyOf(missing);
  }

  /** Looks the names up, all in one read. */
  static FlowSources resolve(List<TableName> names, TableNameManager tables) {
    SequencedMap<TableName, TableId> known = tables.batchGet(names);
    List<TableId> found = new ArrayList<>();
    List<TableName> missing = new ArrayList<>();
    for (TableName name : names) {
      TableId table = known.get(name);
      if (table == null) {
        missing.add(name);
      } else {
        found.add(table);
      }
    }
    return new FlowSources(found, missing);
  }

  /** Reads both lists; the second may be missing. */
  static FlowSources read(JsonValue.Object data) {
    return new FlowSources(
        DdlJson.readTableIds(data.require("source_table_ids")),
        data.find("unresolved_source_table_names")
            .map(names -> names.asArray().stream().map(DdlJson::readTableName).toList())
            .orElse(List.of()));
  }

  /** Whether the flow has to wait for tables. */
  boolean isPending() {
    return !missing.isEmpty();
  }
}
