package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.CatalogNameKey;
import io.metasrv.domain.key.SchemaNameKey;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRepartKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.ViewInfoKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableType;
import java.util.Optional;

/** Whether schemas, names, infos, routes and views belong together. */
final class TableCheck {

  private final Catalogue catalogue;
  private final Findings findings;

  TableCheck(Catalogue catalogue, Findings findings) {
    this.catalogue = catalogue;
    this.findings = findings;
  }

  void run() {
    catalogue.schemas().values().keySet().forEach(this::schema);
    catalogue.names().values().forEach(this::name);
    catalogue.infos().values().forEach(this::info);
    catalogue.routes().values().forEach(this::route);
    catalogue.views().values().keySet().forEach(this::view);
    for (TableId table : catalogue.reparts().values().keySet()) {
      findings.unless(
          catalogue.routes().holds(table),
          Category.REPARTITION,
          new TableRepartKey(table).toBytes(),
          "table %s is not there",
          table);
    }
  }

  private void schema(SchemaNameKey schema) {
    findings.unless(
        catalogue.catalogs().holds(new CatalogNameKey(schema.catalog())),
        Category.SCHEMA,
        schema.toBytes(),
        "its catalog %s is not there",
        schema.catalog());
  }

  private void name(TableName name, TableId table) {
    Bytes key = TableNameKey.of(name).toBytes();
    findings.unless(
        catalogue.infos().holds(table),
        Category.NAME,
        key,
        "it leads to table %s, of which there is no info",
        table);
    catalogue
        .infos()
        .get(table)
        .map(TableInfo::tableName)
        .filter(other -> !other.equals(name))
        .ifPresent(
            other ->
                findings.add(
                    Category.NAME, key, "it leads to table %s, which is named %s", table, other));
  }

  private void info(TableId table, TableInfo info) {
    Bytes key = new TableInfoKey(table).toBytes();
    findings.unless(
        info.tableId().equals(table), Category.INFO, key, "it says it is %s", info.tableId());
    TableName name = info.tableName();
    findings.unless(
        catalogue.schemas().holds(new SchemaNameKey(name.catalog(), name.schema())),
        Category.SCHEMA,
        new SchemaNameKey(name.catalog(), name.schema()).toBytes(),
        "table %s (%s) is in it, but it is not there",
        table,
        name);
    Optional<TableId> named = catalogue.names().get(name);
    if (named.isPresent()) {
      findings.unless(
          named.get().equals(table),
          Category.NAME,
          TableNameKey.of(name).toBytes(),
          "it leads to %s, but table %s has this name, too",
          named.get(),
          table);
    } else {
      findings.unless(
          catalogue.names().holds(name),
          Category.NAME,
          TableNameKey.of(name).toBytes(),
          "table %s has this name, but the name does not lead to it",
          table);
    }
    place(table, info);
  }

  /** A table has a route, a view has a plan. */
  private void place(TableId table, TableInfo info) {
    boolean view = info.type() == TableType.VIEW;
    Bytes routeKey = new TableRouteKey(table).toBytes();
    Bytes viewKey = new ViewInfoKey(table).toBytes();
    findings.unless(
        catalogue.routes().holds(table) != view,
        Category.ROUTE,
        routeKey,
        view ? "%s is a view and has a route" : "table %s has no route",
        table);
    findings.unless(
        catalogue.views().holds(table) == view,
        Category.VIEW,
        viewKey,
        view ? "view %s has no plan" : "%s is a table and has a view's plan",
        table);
  }

  private void route(TableId table, TableRoute route) {
    Bytes key = new TableRouteKey(table).toBytes();
    findings.unless(
        catalogue.infos().holds(table), Category.INFO, key, "of table %s there is no info", table);
    if (route instanceof TableRoute.Logical(TableId physical, var ignored)) {
      boolean there =
          catalogue
              .routes()
              .get(physical)
              .map(TableRoute.Physical.class::isInstance)
              .orElseGet(() -> catalogue.routes().holds(physical));
      findings.unless(
          there,
          Category.ROUTE,
          key,
          "logical table %s lies on %s, which is no physical table",
          table,
          physical);
    }
  }

  private void view(TableId view) {
    findings.unless(
        catalogue.infos().holds(view),
        Category.INFO,
        new ViewInfoKey(view).toBytes(),
        "of view %s there is no info",
        view);
  }
}
