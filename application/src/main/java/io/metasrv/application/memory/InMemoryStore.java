package io.metasrv.application.memory;

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
import io.metasrv.application.store.StoreRequests;
import io.metasrv.application.store.TermSource;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store in memory: an ordered map under one lock. Every operation, batches of any size
 * included, is atomic and takes effect under that lock; none ever fails for a reason other than its
 * arguments or its fence, and none notices an interruption, because none waits. Thread-safe.
 */
public final class InMemoryStore implements KeyValueStore, TermSource {

  private static final String NAME = "Memory";

  private final MemoryContent content;
  private final StoreRequests requests;
  private final @Nullable MemoryTerm fence;

  /** An empty store without limits on transactions and values. */
  public InMemoryStore() {
    this(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * An empty store that reports and enforces limits as another backend would: for tests of code
   * that has to respect them.
   *
   * @param maxTxnOps at least 2
   * @param maxValueBytes at least {@link KeyValueStore#MIN_MAX_VALUE_BYTES}
   */
  public InMemoryStore(int maxTxnOps, int maxValueBytes) {
    this(new MemoryContent(), new StoreRequests(NAME, maxTxnOps, maxValueBytes), null);
  }

  private InMemoryStore(MemoryContent content, StoreRequests requests, @Nullable MemoryTerm fence) {
    this.content = content;
    this.requests = requests;
    this.fence = fence;
  }

  @Override
  public String name() {
    return NAME;
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
    return content.read(() -> content.range(range, options));
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    return content.read(() -> content.get(key));
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    return content.read(() -> content.getAll(keys));
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    Optional<Bytes> replaced = content.write(fence, () -> content.put(key, value));
    return previous == Previous.RETURN ? replaced : Optional.empty();
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    return content.write(
        fence,
        () -> {
          List<KeyValue> replaced = new ArrayList<>();
          for (KeyValue kv : kvs) {
            content
                .put(kv.key(), kv.value())
                .ifPresent(old -> replaced.add(new KeyValue(kv.key(), old)));
          }
          return previous == Previous.RETURN ? replaced : List.of();
        });
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    Optional<Bytes> removed = content.write(fence, () -> content.delete(key));
    return previous == Previous.RETURN ? removed : Optional.empty();
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    return content.write(
        fence,
        () -> {
          List<KeyValue> removed = new ArrayList<>();
          for (Bytes key : keys) {
            content.delete(key).ifPresent(old -> removed.add(new KeyValue(key, old)));
          }
          return previous == Previous.RETURN ? removed : List.of();
        });
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    return content.write(fence, () -> content.deleteRange(range, previous));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    return content.write(
        fence,
        () -> {
          if (!content.holds(condition)) {
            return new CompareAndPutResult(false, content.get(condition.key()));
          }
          content.put(condition.key(), value);
          return new CompareAndPutResult(true, Optional.empty());
        });
  }

  @Override
  public TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    return StoreRequests.writes(txn)
        ? content.write(fence, () -> content.run(txn))
        : content.read(() -> content.run(txn));
  }

  /** Checked under the store's own lock; a view of a view needs both fences to hold. */
  @Override
  public KeyValueStore fencedBy(Fence wanted) {
    MemoryTerm term = ours(wanted);
    // At most one term is open, so of two different fences the older one can never hold again.
    MemoryTerm effective = fence != null && fence.number() < term.number() ? fence : term;
    return new InMemoryStore(content, requests, effective);
  }

  @Override
  public Fence openTerm(String holder) {
    return content.openTerm(holder);
  }

  @Override
  public void closeTerm(Fence wanted) {
    content.closeTerm(ours(wanted));
  }

  /** Removes every pair. Terms go on. */
  public void clear() {
    content.clear();
  }

  private MemoryTerm ours(Fence wanted) {
    if (wanted instanceof MemoryTerm term && term.store() == content) {
      return term;
    }
    throw new IllegalArgumentException(
        "the fence '%s' was not issued by this in-memory store".formatted(wanted.describe()));
  }
}
