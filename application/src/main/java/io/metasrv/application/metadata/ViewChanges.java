package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.metadata.codec.ViewInfoCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.ViewInfoKey;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableNameValue;
import io.metasrv.domain.table.ViewInfo;
import java.util.List;
import java.util.Optional;

/** Makes, replaces and removes views (sheet 03 §6.10–6.12). */
final class ViewChanges {

  private final KeyValueStore store;

  ViewChanges(KeyValueStore store) {
    this.store = store;
  }

  /** A name is taken only if it is free or leads to this view already. */
  void create(TableInfo info, ViewInfo view) {
    String operation = "the creating view metadata";
    TableNameValue name = TableNameValue.of(info.tableId());
    TableInfoValue value = TableInfoValue.of(info);
    Bytes nameKey = TableNameKey.of(info.tableName()).toBytes();
    Bytes infoKey = new TableInfoKey(info.tableId()).toBytes();
    Bytes viewKey = new ViewInfoKey(info.tableId()).toBytes();
    Optional<Bytes> ownName = Optional.empty();
    while (true) {
      Bytes nameValue = TableNameValueCodec.CODEC.encode(name);
      GuardedTxn txn = new GuardedTxn();
      ownName.ifPresentOrElse(
          raw -> txn.replace(nameKey, raw, raw), () -> txn.create(nameKey, nameValue));
      GuardedTxn.Outcome outcome =
          txn.create(infoKey, TableInfoValueCodec.CODEC.encode(value))
              .create(viewKey, ViewInfoCodec.CODEC.encode(view))
              .commit(store);
      Optional<Bytes> found = outcome.at(nameKey);
      boolean nameOnly =
          !outcome.committed()
              && outcome.at(infoKey).isEmpty()
              && outcome.at(viewKey).isEmpty()
              && found.isPresent()
              && !found.equals(ownName);
      if (!nameOnly) {
        outcome.settle(infoKey, TableInfoValueCodec.CODEC, value, "table info", operation);
        outcome.settle(viewKey, ViewInfoCodec.CODEC, view, "view info", operation);
        return;
      }
      if (!TableNameValueCodec.CODEC
          .decode(nameKey, found.get())
          .tableId()
          .equals(info.tableId())) {
        throw MetadataErrors.tableExists(info.tableName());
      }
      ownName = found;
    }
  }

  void update(TableId view, Stored<ViewInfo> current, ViewInfo changed) {
    Bytes key = new ViewInfoKey(view).toBytes();
    ViewInfo next =
        current
            .value()
            .next(
                changed.plan(),
                changed.tableNames(),
                changed.columns(),
                changed.planColumns(),
                changed.definition());
    new GuardedTxn()
        .replace(key, current.raw(), ViewInfoCodec.CODEC.encode(next))
        .commit(store)
        .settle(key, ViewInfoCodec.CODEC, next, "view info", "the updating view info");
  }

  void destroy(TableId view, TableName name) {
    Writes.deleteAll(
        store,
        List.of(
            TableNameKey.of(name).toBytes(),
            new TableInfoKey(view).toBytes(),
            new ViewInfoKey(view).toBytes()));
  }
}
