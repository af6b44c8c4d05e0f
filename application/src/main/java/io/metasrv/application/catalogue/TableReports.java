package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.ViewInfoKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.ViewInfo;
import java.util.Optional;

/** All that is stored of one table or view. Stateless, thread-safe. */
final class TableReports {

  private final TableMetadata tables;
  private final RouteReport routes;
  private final TableRelations relations;

  TableReports(KeyValueStore store) {
    this.tables = new TableMetadata(store);
    this.routes = new RouteReport(tables);
    this.relations = new TableRelations(store);
  }

  /** By its id; empty if neither info nor route is there. */
  Optional<String> byId(TableId table) {
    Problems problems = new Problems();
    Parts parts = parts(table, problems);
    return parts.isThere()
        ? Optional.of(report(table, parts, Optional.empty(), problems))
        : Optional.empty();
  }

  /**
   * By its name.
   *
   * @param stored the value of the name's key
   */
  String byName(TableName name, Bytes stored) {
    Problems problems = new Problems();
    Bytes key = TableNameKey.of(name).toBytes();
    return problems
        .read(key, () -> Optional.of(TableNameValueCodec.CODEC.decode(key, stored).tableId()))
        .map(table -> report(table, parts(table, problems), Optional.of(name), problems))
        .orElseGet(() -> onlyName(name, problems));
  }

  private static String onlyName(TableName name, Problems problems) {
    JsonWriter json = new JsonWriter().beginObject();
    writeName(json, name);
    json.member("kind", TableKind.UNKNOWN.text());
    problems.write(json);
    return json.endObject().toText();
  }

  /** What could be read; what is there and cannot be read is among the problems. */
  private record Parts(
      Optional<TableInfoValue> info,
      Optional<TableRoute> route,
      Optional<ViewInfo> view,
      boolean isThere) {}

  private Parts parts(TableId table, Problems problems) {
    Bytes infoKey = new TableInfoKey(table).toBytes();
    Bytes routeKey = new TableRouteKey(table).toBytes();
    Bytes viewKey = new ViewInfoKey(table).toBytes();
    Optional<TableInfoValue> info =
        problems.read(infoKey, () -> tables.infos().get(table)).map(Stored::value);
    Optional<TableRoute> route =
        problems.read(routeKey, () -> tables.routes().get(table)).map(Stored::value);
    Optional<ViewInfo> view =
        problems.read(viewKey, () -> tables.views().get(table)).map(Stored::value);
    boolean isThere =
        info.isPresent() || route.isPresent() || view.isPresent() || !problems.isEmpty();
    if (isThere && info.isEmpty() && !problems.has(infoKey)) {
      problems.add(infoKey, "it is not there although other keys of the table are");
    }
    return new Parts(info, route, view, isThere);
  }

  private String report(TableId table, Parts parts, Optional<TableName> asked, Problems problems) {
    Optional<TableInfo> info = parts.info().map(TableInfoValue::info);
    TableKind kind = TableKind.of(info, parts.route());
    JsonWriter json = new JsonWriter().beginObject().member("id", table.value());
    asked.or(() -> info.map(TableInfo::tableName)).ifPresent(name -> writeName(json, name));
    json.member("kind", kind.text());
    parts.info().ifPresent(value -> InfoReport.write(json, value));
    parts.view().ifPresent(view -> writeView(json, view));
    parts.route().ifPresent(route -> routes.write(json, table, route, problems));
    if (kind == TableKind.METRIC_PHYSICAL) {
      relations.writeLogicalTables(json, table, problems);
    }
    relations.writeFlows(json, table, problems);
    problems.write(json);
    return json.endObject().toText();
  }

  private static void writeName(JsonWriter json, TableName name) {
    json.member("catalog", name.catalog())
        .member("database", name.schema())
        .member("name", name.table());
  }

  private static void writeView(JsonWriter json, ViewInfo view) {
    json.name("view")
        .beginObject()
        .member("definition", view.definition())
        .unsignedMember("version", view.version())
        .member("plan_bytes", view.plan().size())
        .name("reads")
        .array(view.tableNames(), (out, name) -> out.value(name.toString()))
        .name("columns")
        .array(view.columns(), JsonWriter::value)
        .endObject();
  }
}
