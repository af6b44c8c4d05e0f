package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.SchemaOptionsCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.SchemaNameKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TimeToLive;
import java.util.Optional;
import java.util.TreeMap;

/** All databases, with their options and the number of their tables. Stateless, thread-safe. */
final class Databases {

  private final KeyValueStore store;

  Databases(KeyValueStore store) {
    this.store = store;
  }

  String json() {
    Problems problems = new Problems();
    TreeMap<String, Long> tables = tables();
    JsonWriter json = new JsonWriter().beginObject().name("databases").beginArray();
    RangePager.pairs(store, KeyRange.prefix(SchemaNameKey.PREFIX))
        .forEachPair(
            pair ->
                problems
                    .read(pair.key(), () -> Optional.of(SchemaNameKey.parse(pair.key())))
                    .ifPresent(key -> write(json, key, pair, tables, problems)));
    json.endArray();
    problems.write(json);
    return json.endObject().toText();
  }

  private static void write(
      JsonWriter json,
      SchemaNameKey key,
      KeyValue pair,
      TreeMap<String, Long> tables,
      Problems problems) {
    json.beginObject().member("catalog", key.catalog()).member("name", key.schema());
    Optional<SchemaOptions> options =
        problems.read(
            pair.key(),
            () -> Optional.of(SchemaOptionsCodec.CODEC.decode(pair.key(), pair.value())));
    options
        .flatMap(SchemaOptions::ttl)
        .map(TimeToLive::text)
        .ifPresent(ttl -> json.member("ttl", ttl));
    options.ifPresent(
        known -> {
          json.name("options").beginObject();
          known.extraOptions().forEach(json::member);
          json.endObject();
        });
    String place = key.catalog() + "/" + key.schema();
    json.member("tables", tables.getOrDefault(place, 0L)).endObject();
  }

  /** Number of tables and views by {@code catalog/database}; one scan over keys alone. */
  private TreeMap<String, Long> tables() {
    TreeMap<String, Long> tables = new TreeMap<>();
    RangePager.keys(store, KeyRange.prefix(TableNameKey.PREFIX))
        .forEachPair(pair -> tables.merge(place(pair.key()), 1L, Long::sum));
    return tables;
  }

  private static String place(Bytes key) {
    String[] parts = key.toUtf8().split("/", -1);
    return parts.length < 3 ? "" : parts[1] + "/" + parts[2];
  }
}
