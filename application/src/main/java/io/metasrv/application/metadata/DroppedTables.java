package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.metadata.codec.ValueCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TombstoneKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Tables that were dropped and can still be restored (sheet 03 §8). A name remembers only the last
 * table that had it. Stateless, thread-safe.
 */
public final class DroppedTables {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public DroppedTables(KeyValueStore store) {
    this.store = store;
  }

  private <T> Optional<Stored<T>> buried(Bytes original, ValueCodec<T> codec) {
    return Reads.get(store, new TombstoneKey(original).toBytes(), codec);
  }

  /** All of them, by the name they had. */
  public SequencedMap<TableName, TableId> list() {
    LinkedHashMap<TableName, TableId> tables = new LinkedHashMap<>();
    Reads.scan(
            store,
            TombstoneKey.prefixOf(TableNameKey.PREFIX),
            key -> TableNameKey.parse(TombstoneKey.parse(key).original()),
            TableNameValueCodec.CODEC)
        .forEach((key, stored) -> tables.put(key.name(), stored.value().tableId()));
    return tables;
  }

  /** The one that had the name last. */
  public Optional<TableId> byName(TableName name) {
    return buried(TableNameKey.of(name).toBytes(), TableNameValueCodec.CODEC)
        .map(stored -> stored.value().tableId());
  }

  /**
   * All that is known of one; empty if it has no info.
   *
   * @throws ServiceException (Unexpected) if it has an info and no route, or ({@code
   *     UnexpectedLogicalRouteTable}) a logical one
   */
  public Optional<DroppedTable> byId(TableId table) {
    return buried(new TableInfoKey(table).toBytes(), TableInfoValueCodec.CODEC)
        .map(info -> dropped(table, info));
  }

  private DroppedTable dropped(TableId table, Stored<TableInfoValue> info) {
    TableRoute route =
        buried(new TableRouteKey(table).toBytes(), TableRouteCodec.CODEC)
            .orElseThrow(
                () ->
                    MetadataErrors.unexpected(
                        "table " + table + " was dropped without a route; it cannot be restored"))
            .value();
    TableRoute.Physical physical = TableRouteManager.physical(table, route);
    return new DroppedTable(
        info,
        new TableRef(
            table, info.value().info().tableName(), physical, walOptions(table, physical)));
  }

  private RegionWalOptions walOptions(TableId table, TableRoute.Physical route) {
    TreeMap<Long, String> texts = new TreeMap<>();
    Reads.batch(
            store,
            List.copyOf(route.distribution().byNode().keySet()),
            node -> new TombstoneKey(DatanodeTableManager.key(node, table)).toBytes(),
            DatanodeTableCodec.CODEC)
        .values()
        .forEach(known -> known.value().info().walOptions().forEach(texts::putIfAbsent));
    return new RegionWalOptions(new LinkedHashMap<>(texts));
  }
}
