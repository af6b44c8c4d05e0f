package io.metasrv.testkit.store;

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
import java.util.function.Supplier;

/**
 * A store whose calls a test can watch, hold up, refuse, or let take effect and then report as
 * failed. Views made by {@link #fencedBy} go through the same interceptor.
 */
public final class InterceptedStore implements KeyValueStore {

  private final KeyValueStore store;
  private final Interceptor interceptor;

  public InterceptedStore(KeyValueStore store, Interceptor interceptor) {
    this.store = store;
    this.interceptor = interceptor;
  }

  /** Stands around every call. */
  @FunctionalInterface
  public interface Interceptor {
    /**
     * @param call what is called
     * @param proceed makes the call; may be left out, made twice, or made before throwing
     */
    <T> T around(Call call, Supplier<T> proceed);
  }

  /** A method of the port that goes to the backend. */
  public enum Call {
    RANGE(false),
    GET(false),
    BATCH_GET(false),
    PUT(true),
    BATCH_PUT(true),
    DELETE(true),
    BATCH_DELETE(true),
    DELETE_RANGE(true),
    COMPARE_AND_PUT(true),
    TXN(true);

    private final boolean write;

    Call(boolean write) {
      this.write = write;
    }

    /** Whether it can change the store. */
    public boolean isWrite() {
      return write;
    }
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
    return interceptor.around(Call.RANGE, () -> store.range(range, options));
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return interceptor.around(Call.GET, () -> store.get(key));
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    return interceptor.around(Call.BATCH_GET, () -> store.batchGet(keys));
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return interceptor.around(Call.PUT, () -> store.put(key, value, previous));
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    return interceptor.around(Call.BATCH_PUT, () -> store.batchPut(kvs, previous));
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    return interceptor.around(Call.DELETE, () -> store.delete(key, previous));
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    return interceptor.around(Call.BATCH_DELETE, () -> store.batchDelete(keys, previous));
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    return interceptor.around(Call.DELETE_RANGE, () -> store.deleteRange(range, previous));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    return interceptor.around(Call.COMPARE_AND_PUT, () -> store.compareAndPut(condition, value));
  }

  @Override
  public TxnResult txn(Txn txn) {
    return interceptor.around(Call.TXN, () -> store.txn(txn));
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new InterceptedStore(store.fencedBy(fence), interceptor);
  }
}
