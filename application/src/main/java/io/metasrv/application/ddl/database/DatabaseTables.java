package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.database.DropDatabaseState.Target;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The names of a database one after the other, in their order, as they were when it was begun; a
 * new one begins anew. The lock on the database keeps others from adding any. Not thread-safe.
 */
final class DatabaseTables {

  private final TableMetadata tables;
  private final Deque<TableName> names = new ArrayDeque<>();

  DatabaseTables(TableMetadata tables, String catalog, String schema) {
    this.tables = tables;
    tables
        .names()
        .tables(catalog, schema)
        .keySet()
        .forEach(table -> names.add(new TableName(catalog, schema, table)));
  }

  /** The next one that is still there; empty at the end. */
  Optional<DatabaseTable> next() {
    while (!names.isEmpty()) {
      TableName name = names.removeFirst();
      Optional<TableId> table = tables.names().get(name);
      if (table.isPresent()) {
        return Optional.of(find(name, table.get()));
      }
    }
    return Optional.empty();
  }

  private DatabaseTable find(TableName name, TableId table) {
    Optional<TableInfoValue> info = tables.infos().get(table).map(Stored::value);
    if (info.isPresent() && info.get().info().type() == TableType.VIEW) {
      return new DatabaseTable.View(name, table);
    }
    Optional<TableRoute> route = tables.routes().get(table).map(Stored::value);
    if (route.isEmpty()) {
      return new DatabaseTable.Remnant(name, table, info.isEmpty() ? "info and route" : "route");
    }
    return switch (route.get()) {
      case TableRoute.Physical physical ->
          new DatabaseTable.Regions(name, table, physical.regions(), Target.PHYSICAL);
      case TableRoute.Logical logical -> onPhysical(name, table, logical.physicalTable());
    };
  }

  private DatabaseTable onPhysical(TableName name, TableId table, TableId physicalTable) {
    Optional<TableRoute> route = tables.routes().get(physicalTable).map(Stored::value);
    return route.isPresent() && route.get() instanceof TableRoute.Physical physical
        ? new DatabaseTable.Regions(name, table, physical.regions(), Target.LOGICAL)
        : new DatabaseTable.Remnant(name, table, "route of physical table " + physicalTable);
  }
}
