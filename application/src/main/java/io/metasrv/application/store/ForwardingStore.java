package io.metasrv.application.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Hands every call to another store: the base of wrappers that change a few calls only. A subclass
 * says in {@link #fencedBy} what a fenced view of it is, because a view of the inner store would
 * lose the wrapper.
 */
public abstract class ForwardingStore implements KeyValueStore {

  private final KeyValueStore store;

  protected ForwardingStore(KeyValueStore store) {
    this.store = store;
  }

  /** The store that calls are handed to. */
  protected final KeyValueStore inner() {
    return store;
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
    return store.range(range, options);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return store.get(key);
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    return store.batchGet(keys);
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return store.put(key, value, previous);
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    return store.batchPut(kvs, previous);
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    return store.delete(key, previous);
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    return store.batchDelete(keys, previous);
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    return store.deleteRange(range, previous);
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    return store.compareAndPut(condition, value);
  }

  @Override
  public TxnResult txn(Txn txn) {
    return store.txn(txn);
  }

  @Override
  public abstract KeyValueStore fencedBy(Fence fence);
}
