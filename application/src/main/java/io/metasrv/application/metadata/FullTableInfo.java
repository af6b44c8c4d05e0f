package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfoValue;
import java.util.List;
import java.util.Optional;

/**
 * Info and route of a table, read at one moment.
 *
 * @param info its info
 * @param route its route, addresses up to date; a view has none
 */
public record FullTableInfo(
    Optional<Stored<TableInfoValue>> info, Optional<Stored<TableRoute>> route) {

  static FullTableInfo read(KeyValueStore store, TableId table) {
    Bytes infoKey = new TableInfoKey(table).toBytes();
    Bytes routeKey = new TableRouteKey(table).toBytes();
    List<OpResult> read =
        store.txn(Txn.always(List.of(new Op.Get(infoKey), new Op.Get(routeKey)))).results();
    return new FullTableInfo(
        value(read.get(0)).map(raw -> Reads.stored(infoKey, raw, TableInfoValueCodec.CODEC)),
        value(read.get(1))
            .map(raw -> Reads.stored(routeKey, raw, TableRouteCodec.CODEC))
            .map(new TableRouteManager(store)::remapped));
  }

  private static Optional<Bytes> value(OpResult result) {
    return result instanceof OpResult.GetDone(Bytes ignored, Optional<Bytes> value)
        ? value
        : Optional.empty();
  }
}
