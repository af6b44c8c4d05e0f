package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.StoreRequests;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The store on an SQL database, in the reference's table (sheet 02 §6, §7). Reads are single
 * statements, writes transactions that lock what they depend on; see {@link TxnPlan}. How writes
 * are fenced: {@link FenceCheck}. Thread-safe; does not own the connections.
 */
public final class SqlStore implements KeyValueStore {

  private final SqlDialect dialect;
  private final SqlCalls calls;
  private final SqlRows rows;
  private final StoreRequests requests;
  private final SqlWrites writes;

  SqlStore(SqlConnections connections, int maxTxnOps, int maxValueBytes) {
    this.dialect = connections.dialect();
    this.calls = new SqlCalls(connections);
    this.rows = new SqlRows(dialect, dialect.dataTable());
    this.requests = new StoreRequests(dialect.name(), maxTxnOps, maxValueBytes);
    this.writes = new SqlWrites(calls, rows, new FenceCheck(new ElectionRows(dialect), List.of()));
  }

  private SqlStore(SqlStore unfenced, FenceCheck fence) {
    this.dialect = unfenced.dialect;
    this.calls = unfenced.calls;
    this.rows = unfenced.rows;
    this.requests = unfenced.requests;
    this.writes = new SqlWrites(calls, rows, fence);
  }

  @Override
  public String name() {
    return dialect.name();
  }

  @Override
  public int maxTxnOps() {
    return requests.maxTxnOps();
  }

  @Override
  public int maxValueBytes() {
    return requests.maxValueBytes();
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    if (range.isEmpty()) {
      return new RangeResult(List.of(), false);
    }
    List<KeyValue> found =
        calls.read(
            "Range from key '%s'".formatted(range.start()),
            session -> rows.range(session, range, options));
    boolean more = options.limit() > 0 && found.size() > options.limit();
    return new RangeResult(more ? found.subList(0, options.limit()) : found, more);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    return Optional.ofNullable(
        calls
            .read("Get of key '%s'".formatted(key), session -> rows.find(session, List.of(key)))
            .get(key));
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    List<KeyValue> inOrder = new ArrayList<>();
    for (List<Bytes> group : requests.groups(keys)) {
      Map<Bytes, Bytes> found =
          calls.read(
              "Batch get of %d keys".formatted(group.size()),
              session -> rows.find(session, group.stream().distinct().toList()));
      for (Bytes key : group) {
        Optional.ofNullable(found.get(key)).ifPresent(v -> inOrder.add(new KeyValue(key, v)));
      }
    }
    return List.copyOf(inOrder);
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    String attempted = "Put of key '%s'".formatted(key);
    return put(attempted, List.of(new KeyValue(key, value)), previous).stream()
        .map(KeyValue::value)
        .findFirst();
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    return SqlWrites.inGroups(
        "Batch put",
        requests.groups(kvs),
        group -> put("Batch put of %d keys".formatted(group.size()), group, previous));
  }

  private List<KeyValue> put(String attempted, List<KeyValue> kvs, Previous previous) {
    if (previous == Previous.RETURN) {
      return writes.exchange(
          attempted, kvs.stream().<Op>map(kv -> new Op.Put(kv.key(), kv.value())).toList());
    }
    writes.putAll(attempted, kvs);
    return List.of();
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    return delete("Delete of key '%s'".formatted(key), List.of(key), previous).stream()
        .map(KeyValue::value)
        .findFirst();
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    return SqlWrites.inGroups(
        "Batch delete",
        requests.groups(keys),
        group -> delete("Batch delete of %d keys".formatted(group.size()), group, previous));
  }

  private List<KeyValue> delete(String attempted, List<Bytes> keys, Previous previous) {
    if (previous == Previous.RETURN) {
      return writes.exchange(attempted, keys.stream().<Op>map(Op.Delete::new).toList());
    }
    writes.deleteAll(attempted, keys);
    return List.of();
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    String attempted = "Delete of the range from key '%s'".formatted(range.start());
    if (range.isEmpty()) {
      writes.checkFence(attempted);
      return new DeleteResult(0, List.of());
    }
    return writes.deleteRange(attempted, range, previous);
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    Bytes key = condition.key();
    TxnResult result =
        writes.run(
            "Compare and put of key '%s'".formatted(key),
            new Txn(List.of(condition), List.of(new Op.Put(key, value)), List.of(new Op.Get(key))));
    return switch (result.results().getFirst()) {
      case OpResult.GetDone(Bytes read, Optional<Bytes> current) ->
          new CompareAndPutResult(false, current);
      case OpResult.PutDone put -> new CompareAndPutResult(true, Optional.empty());
      case OpResult.DeleteDone delete -> throw new IllegalStateException("nothing was deleted");
    };
  }

  @Override
  public TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    String attempted = "Txn of %d ops".formatted(txn.size());
    if (StoreRequests.writes(txn)) {
      return writes.run(attempted, txn);
    }
    // One statement sees all of it at one moment.
    return calls.read(
        attempted,
        session -> TxnPlan.of(txn, rows.find(session, TxnPlan.decisiveKeys(txn))).result());
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    if (!(fence instanceof SqlFence ours)
        || !ours.database().equals(SqlElection.databaseOf(dialect))) {
      throw new IllegalArgumentException(
          "the fence '%s' was not issued by the election on %s at %s"
              .formatted(fence.describe(), dialect.name(), calls.endpoint()));
    }
    return writes.fence().includes(ours) ? this : new SqlStore(this, writes.fence().and(ours));
  }
}
