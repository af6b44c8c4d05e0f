package io.metasrv.application.store;

import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store as one term writes it: every write is fenced, none leaves once the term is over, and
 * one that the store refuses ends the term at once. Reads pass. Thread-safe.
 *
 * <p>Writes throw {@link NotLeaderException} if the term is over before they are sent, and {@link
 * StoreException.FencedOut} if the store knew it first; nothing has changed in either case.
 */
public final class TermStore implements KeyValueStore {

  private final Term term;
  private final KeyValueStore fenced;

  /**
   * @param store the metadata store beneath the chroot, not fenced yet
   */
  public TermStore(Term term, KeyValueStore store) {
    this.term = term;
    this.fenced = store.fencedBy(term.fence());
  }

  @Override
  public String name() {
    return fenced.name();
  }

  @Override
  public int maxTxnOps() {
    return fenced.maxTxnOps();
  }

  @Override
  public int maxValueBytes() {
    return fenced.maxValueBytes();
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    return fenced.range(range, options);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return fenced.get(key);
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    return fenced.batchGet(keys);
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return write(() -> fenced.put(key, value, previous));
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    return write(() -> fenced.batchPut(kvs, previous));
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    return write(() -> fenced.delete(key, previous));
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    return write(() -> fenced.batchDelete(keys, previous));
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    return write(() -> fenced.deleteRange(range, previous));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    return write(() -> fenced.compareAndPut(condition, value));
  }

  @Override
  public TxnResult txn(Txn txn) {
    return writesNothing(txn) ? fenced.txn(txn) : write(() -> fenced.txn(txn));
  }

  /** A term's store is fenced already; a second fence makes no sense and is refused. */
  @Override
  public KeyValueStore fencedBy(Fence fence) {
    throw new IllegalArgumentException(
        "this store is fenced by " + term + " and cannot be fenced by " + fence.describe());
  }

  private <T> T write(Supplier<T> write) {
    term.check();
    try {
      return write.get();
    } catch (StoreException.FencedOut refused) {
      term.end("the store refused one of its writes: " + refused.getMessage());
      throw refused;
    }
  }

  private static boolean writesNothing(Txn txn) {
    return txn.success().stream().allMatch(Op.Get.class::isInstance)
        && txn.failure().stream().allMatch(Op.Get.class::isInstance);
  }
}
