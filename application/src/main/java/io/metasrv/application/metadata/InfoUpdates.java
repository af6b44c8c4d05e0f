package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.route.RegionDistribution;
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
import java.util.SequencedMap;

/** Changes infos of tables (sheet 03 §6.4–6.6). Each gets the next version. */
final class InfoUpdates {

  private static final TableInfoValueCodec CODEC = TableInfoValueCodec.CODEC;

  private final KeyValueStore store;
  private final TableNameManager names;
  private final DatanodeTableManager datanodeTables;

  InfoUpdates(KeyValueStore store) {
    this.store = store;
    this.names = new TableNameManager(store);
    this.datanodeTables = new DatanodeTableManager(store);
  }

  /**
   * The reference looks neither at the new name nor at the old one; here the new one must be free,
   * and the old one goes only if it leads to this table.
   */
  void rename(Stored<TableInfoValue> current, String newName) {
    TableInfo info = current.value().info();
    TableInfoValue changed = current.value().next(info.withName(newName));
    Bytes infoKey = new TableInfoKey(info.tableId()).toBytes();
    Bytes newKey = TableNameKey.of(changed.info().tableName()).toBytes();
    GuardedTxn txn = new GuardedTxn().replace(infoKey, current.raw(), CODEC.encode(changed));
    if (!newName.equals(info.name())) {
      moveName(txn, info, newKey);
    }
    GuardedTxn.Outcome outcome = txn.commit(store);
    if (!outcome.committed() && outcome.at(infoKey).equals(Optional.of(current.raw()))) {
      throw outcome.at(newKey).isPresent()
          ? MetadataErrors.tableExists(changed.info().tableName())
          : MetadataErrors.unexpected(
              "the name %s was changed by another during the renaming table metadata"
                  .formatted(info.tableName()));
    }
    outcome.settle(infoKey, CODEC, changed, "table info", "the renaming table metadata");
  }

  private void moveName(GuardedTxn txn, TableInfo info, Bytes newKey) {
    TableName oldName = info.tableName();
    Optional<Stored<TableNameValue>> old = names.stored(oldName);
    Bytes oldKey = TableNameKey.of(oldName).toBytes();
    boolean ours = old.isPresent() && old.get().value().tableId().equals(info.tableId());
    if (ours) {
      txn.expect(new Compare.ValueEquals(oldKey, old.get().raw())).delete(oldKey);
    }
    txn.create(
        newKey,
        ours
            ? old.get().raw()
            : TableNameValueCodec.CODEC.encode(TableNameValue.of(info.tableId())));
  }

  /**
   * If the info and what its datanodes know do not fit into one transaction, the datanodes' part is
   * written first; after a crash in between the same call finishes the work.
   */
  void update(
      Stored<TableInfoValue> current,
      Optional<RegionDistribution> distribution,
      TableInfo changedInfo) {
    TableInfoValue changed = current.value().next(changedInfo);
    Bytes key = new TableInfoKey(changedInfo.tableId()).toBytes();
    Map<Bytes, Bytes> others =
        distribution.map(where -> datanodeTables(changedInfo, where)).orElseGet(LinkedHashMap::new);
    GuardedTxn txn = new GuardedTxn().replace(key, current.raw(), CODEC.encode(changed));
    if (1 + others.size() <= store.maxTxnOps()) {
      txn.putAll(others);
    } else if (store.get(key).equals(Optional.of(current.raw()))) {
      Writes.putAll(store, others);
    }
    txn.commit(store).settle(key, CODEC, changed, "table info", "the updating table info");
  }

  /** What must be written for datanodes: nothing while all of them have these options. */
  private Map<Bytes, Bytes> datanodeTables(TableInfo info, RegionDistribution distribution) {
    TableId table = info.tableId();
    DatanodeTable.RegionInfo known = datanodeTables.regionInfo(table, distribution);
    SequencedMap<String, String> options = info.meta().options().toRegionOptions();
    SequencedMap<Long, Stored<DatanodeTable>> stored =
        datanodeTables.ofTable(table, List.copyOf(distribution.byNode().keySet()));
    Map<Bytes, Bytes> changed = new LinkedHashMap<>();
    if (stored.values().stream().allMatch(each -> each.value().info().options().equals(options))) {
      return changed;
    }
    DatanodeTable.RegionInfo wanted = known.withOptions(options);
    distribution
        .byNode()
        .forEach(
            (node, roles) ->
                changed.put(
                    DatanodeTableManager.key(node, table),
                    DatanodeTableCodec.CODEC.encode(
                        Optional.ofNullable(stored.get(node))
                            .map(each -> each.value().with(roles, wanted))
                            .orElseGet(() -> DatanodeTable.of(table, roles, wanted)))));
    return changed;
  }

  /**
   * Infos in several transactions if need be: each table is complete by itself, and those that are
   * done already are passed over, so that the same call finishes the work after a crash.
   */
  void updateAll(List<InfoUpdate> updates) {
    for (List<InfoUpdate> group : Groups.of(updates, store.maxTxnOps())) {
      updateGroup(group);
    }
  }

  private void updateGroup(List<InfoUpdate> group) {
    List<Pending> left = new ArrayList<>();
    group.forEach(update -> left.add(Pending.of(update)));
    while (!left.isEmpty()) {
      GuardedTxn txn = new GuardedTxn();
      left.forEach(each -> txn.replace(each.key, each.expected, CODEC.encode(each.changed)));
      GuardedTxn.Outcome outcome = txn.commit(store);
      if (outcome.committed()) {
        return;
      }
      int before = left.size();
      left.removeIf(each -> each.isDone(outcome));
      if (left.size() == before) {
        throw MetadataErrors.unexpected(
            "the store refused the batch updating table info although nothing had changed");
      }
    }
  }

  /** A change that may be done already. */
  private record Pending(Bytes key, Bytes expected, TableInfoValue changed) {

    static Pending of(InfoUpdate update) {
      return new Pending(
          new TableInfoKey(update.changed().tableId()).toBytes(),
          update.current().raw(),
          update.current().value().next(update.changed()));
    }

    boolean isDone(GuardedTxn.Outcome outcome) {
      if (outcome.at(key).equals(Optional.of(expected))) {
        return false;
      }
      outcome.settle(key, CODEC, changed, "table info", "the batch updating table info");
      return true;
    }
  }
}
