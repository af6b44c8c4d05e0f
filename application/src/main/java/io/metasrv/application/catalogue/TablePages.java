package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.metadata.codec.ValueCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.SchemaNameKey;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists tables page by page, in the order of their names. Stateless, thread-safe. */
final class TablePages {

  private final KeyValueStore store;

  TablePages(KeyValueStore store) {
    this.store = store;
  }

  String json(Optional<String> database, int limit, Optional<String> after) {
    KeyRange whole = KeyRange.prefix(database.map(this::prefixOf).orElse(TableNameKey.PREFIX));
    KeyRange rest = after.map(place -> whole.after(keyOf(place, whole))).orElse(whole);
    Problems problems = new Problems();
    RangeResult page = store.range(rest, RangeOptions.limit(limit));
    List<Row> rows = rows(page.kvs(), problems);
    Map<Bytes, Bytes> stored = stored(rows);
    JsonWriter json = new JsonWriter().beginObject().name("tables").beginArray();
    rows.forEach(row -> write(json, row, stored, problems));
    json.endArray();
    if (page.more() && !page.kvs().isEmpty()) {
      json.member("next", placeOf(page.kvs().getLast().key()));
    }
    problems.write(json);
    return json.endObject().toText();
  }

  /** The name, and the id it leads to if that can be read. */
  private record Row(TableNameKey name, Optional<TableId> id) {}

  private static List<Row> rows(List<KeyValue> pairs, Problems problems) {
    List<Row> rows = new ArrayList<>();
    for (KeyValue pair : pairs) {
      problems
          .read(pair.key(), () -> Optional.of(TableNameKey.parse(pair.key())))
          .ifPresent(
              name ->
                  rows.add(
                      new Row(
                          name,
                          decoded(pair.key(), pair.value(), TableNameValueCodec.CODEC, problems)
                              .map(value -> value.tableId()))));
    }
    return rows;
  }

  private static <T> Optional<T> decoded(
      Bytes key, Bytes value, ValueCodec<T> codec, Problems problems) {
    return problems.read(key, () -> Optional.of(codec.decode(key, value)));
  }

  /** Infos and routes of the rows, as stored. */
  private Map<Bytes, Bytes> stored(List<Row> rows) {
    List<Bytes> keys = new ArrayList<>();
    for (Row row : rows) {
      row.id().ifPresent(id -> keys.add(new TableInfoKey(id).toBytes()));
      row.id().ifPresent(id -> keys.add(new TableRouteKey(id).toBytes()));
    }
    Map<Bytes, Bytes> stored = new LinkedHashMap<>();
    if (!keys.isEmpty()) {
      // Two names may lead to one id in a damaged store; a key is asked for once.
      store
          .batchGet(keys.stream().distinct().toList())
          .forEach(pair -> stored.put(pair.key(), pair.value()));
    }
    return stored;
  }

  private static void write(JsonWriter json, Row row, Map<Bytes, Bytes> stored, Problems problems) {
    Optional<TableInfo> info =
        row.id()
            .map(id -> new TableInfoKey(id).toBytes())
            .flatMap(key -> value(key, stored, TableInfoValueCodec.CODEC, problems))
            .map(TableInfoValue::info);
    Optional<TableRoute> route =
        row.id()
            .map(id -> new TableRouteKey(id).toBytes())
            .filter(stored::containsKey)
            .flatMap(key -> value(key, stored, TableRouteCodec.CODEC, problems));
    json.beginObject();
    row.id().ifPresent(id -> json.member("id", id.value()));
    json.member("catalog", row.name().catalog())
        .member("database", row.name().schema())
        .member("name", row.name().table())
        .member("kind", TableKind.of(info, route).text());
    info.ifPresent(
        known ->
            json.member("engine", known.meta().engine())
                .member("created_ms", known.meta().createdOn().toEpochMilli()));
    route.ifPresent(
        known -> {
          switch (known) {
            case TableRoute.Physical physical ->
                json.member("partitions", physical.regions().size());
            case TableRoute.Logical logical ->
                json.member("physical_table_id", logical.physicalTable().value());
          }
        });
    json.endObject();
  }

  private static <T> Optional<T> value(
      Bytes key, Map<Bytes, Bytes> stored, ValueCodec<T> codec, Problems problems) {
    Bytes value = stored.get(key);
    if (value == null) {
      problems.add(key, "it is not there although a name leads to the table");
      return Optional.empty();
    }
    return decoded(key, value, codec, problems);
  }

  /** The names of a database begin with this. */
  private Bytes prefixOf(String database) {
    List<SchemaNameKey> candidates = new ArrayList<>();
    candidates.add(new SchemaNameKey(TableNames.DEFAULT_CATALOG, database));
    for (int dot = database.indexOf('.'); dot >= 0; dot = database.indexOf('.', dot + 1)) {
      candidates.add(new SchemaNameKey(database.substring(0, dot), database.substring(dot + 1)));
    }
    return candidates.stream()
        .filter(key -> store.get(key.toBytes()).isPresent())
        .findFirst()
        .map(key -> TableNameKey.prefixOf(key.catalog(), key.schema()))
        .orElseThrow(
            () ->
                new ServiceException(
                    StatusCode.DATABASE_NOT_FOUND,
                    "There is no database %s; GET /admin/databases lists them"
                        .formatted(database)));
  }

  private static String placeOf(Bytes key) {
    return key.substring(TableNameKey.PREFIX.size(), key.size()).toUtf8();
  }

  private static Bytes keyOf(String place, KeyRange whole) {
    Bytes key = TableNameKey.PREFIX.concat(Bytes.utf8(place));
    if (place.split("/", -1).length != 3 || !whole.contains(key)) {
      throw ServiceException.invalidArguments(
          "after must be the member next of an earlier page of the same list, like"
              + " greptime/public/cpu: "
              + place);
    }
    return key;
  }
}
