package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.FlowMetadata;
import io.metasrv.application.metadata.SourceFlow;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.FlowInfoKey;
import io.metasrv.domain.key.TableFlowKey;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else depends on a table: logical tables on it, flows that read it. Stateless. */
final class TableRelations {

  /** Most logical tables that are named; all are counted. */
  private static final int MAX_NAMED = 100;

  private final KeyValueStore store;
  private final TableMetadata tables;
  private final FlowMetadata flows;

  TableRelations(KeyValueStore store) {
    this.store = store;
    this.tables = new TableMetadata(store);
    this.flows = new FlowMetadata(store);
  }

  /**
   * The tables that lie on a physical one. Nothing leads from it to them, so that all routes are
   * read, page by page.
   */
  void writeLogicalTables(JsonWriter json, TableId physical, Problems problems) {
    List<TableId> logical = new ArrayList<>();
    RangePager.pairs(store, KeyRange.prefix(TableRouteKey.PREFIX))
        .forEachPair(
            pair ->
                problems
                    .read(pair.key(), () -> Optional.of(logical(pair.key(), pair.value())))
                    .filter(found -> found.on().equals(Optional.of(physical)))
                    .ifPresent(found -> logical.add(found.table())));
    json.name("logical_tables")
        .beginObject()
        .member("count", logical.size())
        .name("tables")
        .array(
            logical.stream().limit(MAX_NAMED).toList(),
            (out, table) -> {
              out.beginObject().member("id", table.value());
              problems
                  .read(new TableInfoKey(table).toBytes(), () -> tables.infos().get(table))
                  .map(Stored::value)
                  .map(TableInfoValue::info)
                  .ifPresent(info -> out.member("name", info.tableName().toString()));
              out.endObject();
            })
        .endObject();
  }

  private record OnTable(TableId table, Optional<TableId> on) {}

  private static OnTable logical(Bytes key, Bytes value) {
    TableRoute route = TableRouteCodec.CODEC.decode(key, value);
    return new OnTable(
        TableRouteKey.parse(key).table(),
        route instanceof TableRoute.Logical on
            ? Optional.of(on.physicalTable())
            : Optional.empty());
  }

  /** The flows that read a table, and where their partitions run. */
  void writeFlows(JsonWriter json, TableId table, Problems problems) {
    List<SourceFlow> reading =
        problems
            .read(TableFlowKey.prefixOf(table), () -> Optional.of(flows.flowsOf(table)))
            .orElse(List.of());
    json.name("flows").array(reading, (out, flow) -> write(out, flow, problems));
  }

  private void write(JsonWriter json, SourceFlow reading, Problems problems) {
    long id = reading.flow().flowId();
    json.beginObject().member("id", id);
    problems
        .read(new FlowInfoKey(id).toBytes(), () -> flows.get(id))
        .map(Stored::value)
        .ifPresent(
            info ->
                json.member("name", info.flowName())
                    .member("sink_table", info.sinkTableName().toString()));
    json.member("partition", reading.flow().partition()).name("flownode");
    RouteReport.peer(json, reading.flownode());
    json.endObject();
  }
}
