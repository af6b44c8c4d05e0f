package io.metasrv.tests.ddl;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which keys were written. Thread-safe. */
final class KeysWritten extends ForwardingStore {

  private final List<String> keys;

  KeysWritten(KeyValueStore store) {
    this(store, new CopyOnWriteArrayList<>());
  }

  private KeysWritten(KeyValueStore store, List<String> keys) {
    super(store);
    this.keys = keys;
  }

  /** In the order they were written, again and again if they were. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    keys.add(key.toUtf8());
    return super.put(key, value, previous);
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    kvs.forEach(each -> keys.add(each.key().toUtf8()));
    return super.batchPut(kvs, previous);
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    keys.add(condition.key().toUtf8());
    return super.compareAndPut(condition, value);
  }

  @Override
  public TxnResult txn(Txn txn) {
    txn.success().stream()
        .filter(Op.Put.class::isInstance)
        .forEach(put -> keys.add(put.key().toUtf8()));
    return super.txn(txn);
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new KeysWritten(inner().fencedBy(fence), keys);
  }
}
