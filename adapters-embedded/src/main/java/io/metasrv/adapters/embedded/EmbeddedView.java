package io.metasrv.adapters.embedded;

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
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations of the port on an open store, with the fences of this view. Thread-safe. */
class EmbeddedView implements KeyValueStore {

  private static final String NAME = "Embedded";

  /** Up to how many keys a read counts as small: some 50 µs in memory. */
  private static final int SMALL_READ_KEYS = 16;

  private final GroupCommitter committer;
  private final ReadLanes lanes;
  private final Terms terms;
  private final StoreRequests requests;
  private final List<EmbeddedFence> fences;

  EmbeddedView(
      GroupCommitter committer,
      ReadLanes lanes,
      Terms terms,
      int maxValueBytes,
      List<EmbeddedFence> fences) {
    this.committer = committer;
    this.lanes = lanes;
    this.terms = terms;
    this.requests = new StoreRequests(NAME, Integer.MAX_VALUE, maxValueBytes);
    this.fences = List.copyOf(fences);
  }

  @Override
  public final String name() {
    return NAME;
  }

  /** No limit. */
  @Override
  public final int maxTxnOps() {
    return requests.maxTxnOps();
  }

  @Override
  public final int maxValueBytes() {
    return requests.maxValueBytes();
  }

  /** One page is read at one moment. */
  @Override
  public final RangeResult range(KeyRange range, RangeOptions options) {
    boolean small = range.isSingle() || (options.limit() > 0 && options.limit() <= SMALL_READ_KEYS);
    return lanes.once(small, content -> content.page(range, options));
  }

  @Override
  public final Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    return lanes.once(true, content -> content.get(key));
  }

  /** Read at one moment, however many. */
  @Override
  public final List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    if (keys.isEmpty()) {
      return List.of();
    }
    return lanes.atOneMoment(
        keys.size() <= SMALL_READ_KEYS,
        content -> {
          List<KeyValue> found = new ArrayList<>();
          for (Bytes key : keys) {
            content.get(key).ifPresent(value -> found.add(new KeyValue(key, value)));
          }
          return found;
        });
  }

  @Override
  public final Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    return committer.write("put", fences, writes -> Transactions.put(writes, key, value, previous));
  }

  /** Atomic, however many. */
  @Override
  public final List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    List<KeyValue> pairs = List.copyOf(kvs);
    return committer.write(
        "batch put", fences, writes -> Transactions.batchPut(writes, pairs, previous));
  }

  @Override
  public final Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    return committer.write("delete", fences, writes -> Transactions.delete(writes, key, previous));
  }

  /** Atomic, however many. */
  @Override
  public final List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    List<Bytes> doomed = List.copyOf(keys);
    return committer.write(
        "batch delete", fences, writes -> Transactions.batchDelete(writes, doomed, previous));
  }

  /** Atomic. */
  @Override
  public final DeleteResult deleteRange(KeyRange range, Previous previous) {
    return committer.write(
        "range delete", fences, writes -> Transactions.deleteRange(writes, range, previous));
  }

  @Override
  public final CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    return committer.write(
        "compare and put", fences, writes -> Transactions.compareAndPut(writes, condition, value));
  }

  @Override
  public final TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    if (StoreRequests.writes(txn)) {
      return committer.write("txn", fences, writes -> Transactions.txn(writes, txn));
    }
    return lanes.atOneMoment(
        txn.compares().size() + txn.size() <= SMALL_READ_KEYS,
        content -> Transactions.txn(new PendingWrites(content), txn));
  }

  /** Checked by the writer right before the write; a view of a view needs both fences to hold. */
  @Override
  public final KeyValueStore fencedBy(Fence fence) {
    List<EmbeddedFence> all = new ArrayList<>(fences);
    all.add(ours(fence));
    return new EmbeddedView(committer, lanes, terms, maxValueBytes(), all);
  }

  final EmbeddedFence ours(Fence fence) {
    if (fence instanceof EmbeddedFence known && known.terms() == terms) {
      return known;
    }
    throw new IllegalArgumentException(
        "the fence '%s' was not issued by this embedded store".formatted(fence.describe()));
  }
}
