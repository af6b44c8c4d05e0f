package io.metasrv.application.store;

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
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Shows the part of a store under one key prefix as if it were a whole store (sheet 02 §4, option
 * {@code store_key_prefix}). The prefix is put in front of every key as it is, no separator added,
 * and taken off every key that comes back. Elections do not go through it; they carry the prefix in
 * their own keys. A fence ends up beneath it. Thread-safe if the store is.
 *
 * <p>The prefix counts towards the longest key the store takes.
 */
public final class ChrootStore implements KeyValueStore {

  private final KeyValueStore store;
  private final Bytes prefix;
  private final StoreRequests requests;

  private ChrootStore(KeyValueStore store, Bytes prefix) {
    this.store = store;
    this.prefix = prefix;
    this.requests = new StoreRequests(store.name(), store.maxTxnOps(), store.maxValueBytes());
  }

  /** The store as seen from under the prefix; the store itself for the empty prefix. */
  public static KeyValueStore under(Bytes prefix, KeyValueStore store) {
    return prefix.isEmpty() ? store : new ChrootStore(store, prefix);
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public int maxTxnOps() {
    return store.maxTxnOps();
  }

  @Override
  public int maxValueBytes() {
    return store.maxValueBytes();
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    RangeResult found = store.range(inner(range), options);
    return new RangeResult(outer(found.kvs()), found.more());
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    return store.get(inner(key));
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    return outer(store.batchGet(innerKeys(keys)));
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    return store.put(inner(key), value, previous);
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    List<KeyValue> inner =
        kvs.stream().map(kv -> new KeyValue(inner(kv.key()), kv.value())).toList();
    return outer(store.batchPut(inner, previous));
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    return store.delete(inner(key), previous);
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    return outer(store.batchDelete(innerKeys(keys), previous));
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    DeleteResult result = store.deleteRange(inner(range), previous);
    return new DeleteResult(result.deleted(), outer(result.previous()));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    return store.compareAndPut(inner(condition), value);
  }

  @Override
  public TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    TxnResult result =
        store.txn(
            new Txn(
                txn.compares().stream().map(this::inner).toList(),
                txn.success().stream().map(this::inner).toList(),
                txn.failure().stream().map(this::inner).toList()));
    return new TxnResult(result.succeeded(), result.results().stream().map(this::outer).toList());
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new ChrootStore(store.fencedBy(fence), prefix);
  }

  private Bytes inner(Bytes key) {
    return prefix.concat(key);
  }

  private List<Bytes> innerKeys(List<Bytes> keys) {
    return keys.stream().map(this::inner).toList();
  }

  /** "To the last key" becomes "to the last key with the prefix". */
  private KeyRange inner(KeyRange range) {
    return new KeyRange(
        inner(range.start()), range.end().map(this::inner).or(() -> KeyRange.prefixEnd(prefix)));
  }

  private Compare inner(Compare compare) {
    return switch (compare) {
      case Compare.Exists(Bytes key) -> new Compare.Exists(inner(key));
      case Compare.Absent(Bytes key) -> new Compare.Absent(inner(key));
      case Compare.ValueEquals(Bytes key, Bytes value) ->
          new Compare.ValueEquals(inner(key), value);
    };
  }

  private Op inner(Op op) {
    return switch (op) {
      case Op.Put(Bytes key, Bytes value) -> new Op.Put(inner(key), value);
      case Op.Get(Bytes key) -> new Op.Get(inner(key));
      case Op.Delete(Bytes key) -> new Op.Delete(inner(key));
    };
  }

  private Bytes outer(Bytes key) {
    return key.substring(prefix.size());
  }

  private List<KeyValue> outer(List<KeyValue> kvs) {
    return kvs.stream().map(kv -> new KeyValue(outer(kv.key()), kv.value())).toList();
  }

  private OpResult outer(OpResult result) {
    return result instanceof OpResult.GetDone(Bytes key, Optional<Bytes> value)
        ? new OpResult.GetDone(outer(key), value)
        : result;
  }
}
