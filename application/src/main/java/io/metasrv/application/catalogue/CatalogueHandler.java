package io.metasrv.application.catalogue;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.service.CatalogueService;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Service Catalogue over the shared store. Thread-safe. */
public final class CatalogueHandler implements CatalogueService {

  private static final long MAX_TABLE_ID = 0xffff_ffffL;

  private final KeyValueStore store;
  private final Databases databases;
  private final TablePages pages;
  private final TableReports reports;

  /**
   * @param store the metadata store beneath the chroot, for reads
   */
  public CatalogueHandler(KeyValueStore store) {
    this.store = store;
    this.databases = new Databases(store);
    this.pages = new TablePages(store);
    this.reports = new TableReports(store);
  }

  @Override
  public String databasesJson() {
    return databases.json();
  }

  @Override
  public String tablesJson(Optional<String> database, int limit, Optional<String> after) {
    return pages.json(database, limit, after);
  }

  @Override
  public Optional<String> tableJson(String nameOrId) {
    return nameOrId.matches("[0-9+-]*")
        ? reports.byId(id(nameOrId))
        : named(nameOrId).map(found -> reports.byName(found.getKey(), found.getValue()));
  }

  /** No name is made of digits (sheet 03 §1). */
  private static TableId id(String text) {
    try {
      long id = Long.parseLong(text);
      if (id >= 0 && id <= MAX_TABLE_ID) {
        return new TableId(id);
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    throw ServiceException.invalidArguments(
        "%s is no table: expected an id from 0 to %d, or a name like cpu, public.cpu or greptime.public.cpu"
            .formatted(text, MAX_TABLE_ID));
  }

  private Optional<Map.Entry<TableName, Bytes>> named(String text) {
    Map<Bytes, TableName> byKey = new LinkedHashMap<>();
    TableNames.readings(text).forEach(name -> byKey.put(TableNameKey.of(name).toBytes(), name));
    List<KeyValue> found =
        byKey.isEmpty() ? List.of() : store.batchGet(List.copyOf(byKey.keySet()));
    if (found.size() > 1) {
      throw ServiceException.invalidArguments(
          "%s may mean each of %s; ask by id"
              .formatted(
                  text,
                  found.stream()
                      .map(pair -> pair.key().toUtf8())
                      .collect(Collectors.joining(", "))));
    }
    return found.stream()
        .findFirst()
        .flatMap(
            pair ->
                Optional.ofNullable(byKey.get(pair.key()))
                    .map(name -> Map.entry(name, pair.value())));
  }
}
