package io.metasrv.application.heartbeat;

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
import io.metasrv.domain.error.StoreException;
import java.util.List;
import java.util.Optional;

/** A store that can be written and not read. */
record FailingReads(KeyValueStore store) implements KeyValueStore {

  private static StoreException.Unavailable failure() {
    return new StoreException.Unavailable("the test's store cannot be read");
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
    throw failure();
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    throw failure();
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    throw failure();
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
  public KeyValueStore fencedBy(Fence fence) {
    return new FailingReads(store.fencedBy(fence));
  }
}
