package io.metasrv.simulation.ddl;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of tables, views and flows by their names, read from the store past the network.
 *
 * @param tables by {@code schema.table}, views among them
 * @param flows by name
 */
public record Ids(SortedMap<String, Long> tables, SortedMap<String, Long> flows) {

  private static final String TABLES = "__table_name/greptime/";
  private static final String FLOWS = "__flow/name/greptime/";
  private static final Pattern ID = Pattern.compile("\"(?:table_id|flow_id)\":(\\d+)");

  static Ids read(KeyValueStore store) {
    TreeMap<String, Long> tables = new TreeMap<>();
    find(store, TABLES).forEach((name, id) -> tables.put(name.replace('/', '.'), id));
    return new Ids(tables, find(store, FLOWS));
  }

  private static TreeMap<String, Long> find(KeyValueStore store, String prefix) {
    TreeMap<String, Long> ids = new TreeMap<>();
    RangePager.pairs(store, KeyRange.prefix(Bytes.utf8(prefix)))
        .forEachPair(
            pair ->
                id(pair.value().toUtf8())
                    .ifPresent(id -> ids.put(pair.key().toUtf8().substring(prefix.length()), id)));
    return ids;
  }

  private static Optional<Long> id(String value) {
    Matcher found = ID.matcher(value);
    return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
  }

  /** The id of a table or view of schema {@code db}. */
  public long table(String name) {
    return required(tables, "db." + name);
  }

  /** The id of a flow. */
  public long flow(String name) {
    return required(flows, name);
  }

  private static long required(SortedMap<String, Long> ids, String name) {
    Long id = ids.get(name);
    if (id == null) {
      throw new IllegalStateException("there is no " + name + " among " + ids);
    }
    return id;
  }
}
