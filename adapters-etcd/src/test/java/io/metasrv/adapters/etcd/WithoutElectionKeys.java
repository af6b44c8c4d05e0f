package io.metasrv.adapters.etcd;

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
 * Hides the election's keys, which lie in the same keyspace as the store's, from the contract's
 * scans of "everything". Their prefix sorts last, so that limits are not disturbed.
 */
final class WithoutElectionKeys implements KeyValueStore {

  /** The prefix of the elections of contract tests: the highest code point there is. */
  static final String ELECTION_PREFIX = Character.toString(Character.MAX_CODE_POINT);

  private final KeyValueStore store;

  WithoutElectionKeys(KeyValueStore store) {
    this.store = store;
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
    RangeResult all = store.range(range, options);
    Bytes hidden = Bytes.utf8(ELECTION_PREFIX);
    return new RangeResult(
        all.kvs().stream().filter(kv -> !kv.key().startsWith(hidden)).toList(), all.more());
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
  public KeyValueStore fencedBy(Fence fence) {
    return new WithoutElectionKeys(store.fencedBy(fence));
  }
}
