package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableNameValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes tables known (sheet 03 §6.2, §6.3): name, info and route of a table appear in one
 * transaction, with the keys of its datanodes and topics if they fit in.
 *
 * <p>If they do not fit, these others are written first. After a crash in between nobody sees a
 * table yet; the same call finishes the work, because it finds neither info nor route and begins
 * anew. Once the table is visible they are not written again, lest checkpoints be lost.
 *
 * <p>A name is taken only if it is free, or leads to this very table already; the reference takes
 * it from whoever has it.
 */
final class TableCreation {

  private static final int KEYS_OF_A_TABLE = 3;

  /** Attempts until every table of a group is there; more than two need a competitor. */
  private static final int MAX_ROUNDS = 4;

  private final KeyValueStore store;

  TableCreation(KeyValueStore store) {
    this.store = store;
  }

  void createTable(TableInfo info, TableRoute route, RegionWalOptions walOptions) {
    NewTable table = new NewTable(info, route);
    Map<Bytes, Bytes> others = new LinkedHashMap<>();
    walOptions
        .topics(info.tableId())
        .forEach(
            (region, topic) ->
                others.put(new TopicRegionKey(topic, region).toBytes(), Bytes.EMPTY));
    if (route instanceof TableRoute.Physical physical) {
      others.putAll(datanodeTables(info, physical, walOptions));
    }
    String operation = "the creating table metadata";
    if (KEYS_OF_A_TABLE + others.size() <= store.maxTxnOps()) {
      create(List.of(table), others, operation);
      return;
    }
    if (store.get(table.infoKey()).isEmpty()) {
      Writes.putAll(store, others);
    }
    create(List.of(table), Map.of(), operation);
  }

  private static Map<Bytes, Bytes> datanodeTables(
      TableInfo info, TableRoute.Physical route, RegionWalOptions walOptions) {
    DatanodeTable.RegionInfo regionInfo =
        new DatanodeTable.RegionInfo(
            info.meta().engine(),
            info.regionStoragePath(),
            info.meta().options().toRegionOptions(),
            walOptions.texts());
    Map<Bytes, Bytes> values = new LinkedHashMap<>();
    route
        .distribution()
        .byNode()
        .forEach(
            (node, roles) ->
                values.put(
                    DatanodeTableManager.key(node, info.tableId()),
                    DatanodeTableCodec.CODEC.encode(
                        DatanodeTable.of(info.tableId(), roles, regionInfo))));
    return values;
  }

  void createLogicalTables(List<LogicalTable> tables) {
    List<NewTable> all =
        tables.stream().map(table -> new NewTable(table.info(), table.route())).toList();
    for (List<NewTable> group : Groups.of(all, store.maxTxnOps() / KEYS_OF_A_TABLE)) {
      create(group, Map.of(), "the creating logical tables metadata");
    }
  }

  private void create(List<NewTable> tables, Map<Bytes, Bytes> others, String operation) {
    Map<NewTable, Optional<Bytes>> left = new LinkedHashMap<>();
    tables.forEach(table -> left.put(table, Optional.empty()));
    for (int round = 0; round < MAX_ROUNDS; round++) {
      GuardedTxn txn = new GuardedTxn().putAll(others);
      left.forEach((table, name) -> table.addTo(txn, name));
      GuardedTxn.Outcome outcome = txn.commit(store);
      if (outcome.committed()) {
        return;
      }
      for (NewTable table : List.copyOf(left.keySet())) {
        Optional<Optional<Bytes>> again = table.again(outcome, operation);
        left.remove(table);
        again.ifPresent(name -> left.put(table, name));
      }
      if (left.isEmpty()) {
        return;
      }
    }
    List<TableName> names = new ArrayList<>();
    left.keySet().forEach(table -> names.add(table.info.info().tableName()));
    throw MetadataErrors.unexpected(
        "the names of %s changed all the time during %s".formatted(names, operation));
  }

  /** A table to create. */
  private record NewTable(TableInfoValue info, TableRoute route) {

    NewTable(TableInfo info, TableRoute route) {
      this(TableInfoValue.of(info), route);
    }

    TableId id() {
      return info.info().tableId();
    }

    Bytes nameKey() {
      return TableNameKey.of(info.info().tableName()).toBytes();
    }

    Bytes infoKey() {
      return new TableInfoKey(id()).toBytes();
    }

    Bytes routeKey() {
      return new TableRouteKey(id()).toBytes();
    }

    /**
     * @param name what the name holds already, because it leads to this table
     */
    void addTo(GuardedTxn txn, Optional<Bytes> name) {
      name.ifPresentOrElse(
          raw -> txn.expect(new Compare.ValueEquals(nameKey(), raw)),
          () -> txn.create(nameKey(), TableNameValueCodec.CODEC.encode(TableNameValue.of(id()))));
      txn.create(infoKey(), TableInfoValueCodec.CODEC.encode(info));
      txn.create(routeKey(), TableRouteCodec.CODEC.encode(route));
    }

    /**
     * Whether it has to be tried again after a condition did not hold.
     *
     * @return nothing if the table is there as it shall be; else what its name holds by now
     */
    Optional<Optional<Bytes>> again(GuardedTxn.Outcome outcome, String operation) {
      if (outcome.at(infoKey()).isPresent() || outcome.at(routeKey()).isPresent()) {
        outcome.settle(infoKey(), TableInfoValueCodec.CODEC, info, "table info", operation);
        outcome.settle(routeKey(), TableRouteCodec.CODEC, route, "table route", operation);
        return Optional.empty();
      }
      Optional<Bytes> name = outcome.at(nameKey());
      if (name.isPresent()
          && !TableNameValueCodec.CODEC.decode(nameKey(), name.get()).tableId().equals(id())) {
        throw MetadataErrors.tableExists(info.info().tableName());
      }
      return Optional.of(name);
    }
  }
}
