package io.metasrv.adapters.zookeeper;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The store on ZooKeeper (sheet 02 §26; docs/design/zookeeper.md). Reads follow a {@code sync};
 * every write is a transaction of checked versions; {@link #deleteRange} works in groups of {@link
 * #maxTxnOps()}, as the batches do. Thread-safe; does not own the connection.
 */
public final class ZooKeeperStore implements KeyValueStore {

  /** Largest value, in bytes: eleven parts. No server has to be configured for it. */
  public static final int MAX_VALUE_BYTES = 8 << 20;

  private static final String NAME = "ZooKeeper";
  private static final Duration AGE_OF_WHAT_IS_SWEPT = Duration.ofMinutes(10);

  private final ZooKeeperConnection connection;
  private final StoreRequests requests;
  private final Reads reads;
  private final Transactions transactions;
  private final Batches batches;

  /**
   * A store on the servers of the connection.
   *
   * @param maxTxnOps at least 2
   */
  public ZooKeeperStore(ZooKeeperConnection connection, int maxTxnOps) {
    this.connection = connection;
    this.requests = new StoreRequests(NAME, maxTxnOps, MAX_VALUE_BYTES);
    Chunks chunks = new Chunks(connection);
    this.reads = new Reads(connection, chunks);
    this.transactions =
        new Transactions(
            connection, reads, chunks, new ChunkSweeper(connection, AGE_OF_WHAT_IS_SWEPT));
    this.batches = new Batches(requests, transactions);
  }

  private ZooKeeperStore(ZooKeeperStore store, ZooKeeperFence fence) {
    this.connection = store.connection;
    this.requests = store.requests;
    this.reads = store.reads;
    this.transactions = store.transactions.fencedBy(fence);
    this.batches = new Batches(requests, transactions);
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
    return range.isEmpty()
        ? new RangeResult(List.of(), false)
        : reads.range("Range from key '%s'".formatted(range.start()), range, options);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    return reads.get("Get of key '%s'".formatted(key), key);
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    List<KeyValue> found = new ArrayList<>();
    for (List<Bytes> group : requests.groups(keys)) {
      Map<Bytes, Bytes> values =
          reads.getAll("Batch get of %d keys".formatted(group.size()), group);
      for (Bytes key : group) {
        Bytes value = values.get(key);
        if (value != null) {
          found.add(new KeyValue(key, value));
        }
      }
    }
    return List.copyOf(found);
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    return Batches.previousOf(
            batches.write(
                "Put of key '%s'".formatted(key), List.of(new Op.Put(key, value)), previous))
        .stream()
        .map(KeyValue::value)
        .findFirst();
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    return Batches.previousOf(
        batches.inGroups(
            "Batch put",
            kvs.stream().<Op>map(kv -> new Op.Put(kv.key(), kv.value())).toList(),
            previous));
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    return Batches.previousOf(
            batches.write(
                "Delete of key '%s'".formatted(key), List.of(new Op.Delete(key)), previous))
        .stream()
        .map(KeyValue::value)
        .findFirst();
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    return Batches.previousOf(
        batches.inGroups("Batch delete", keys.stream().<Op>map(Op.Delete::new).toList(), previous));
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    String attempted = "Delete of the range from key '%s'".formatted(range.start());
    List<Op> deletes =
        range(range, RangeOptions.ALL.onlyKeys()).kvs().stream()
            .<Op>map(kv -> new Op.Delete(kv.key()))
            .toList();
    if (deletes.isEmpty()) {
      // Only a fence has something to say.
      TxnResult unused = transactions.write(attempted, Txn.always(List.of()));
      return new DeleteResult(0, List.of());
    }
    List<OpResult> results = batches.inGroups(attempted, deletes, previous);
    long deleted =
        results.stream()
            .filter(result -> result instanceof OpResult.DeleteDone(boolean existed) && existed)
            .count();
    return new DeleteResult(deleted, Batches.previousOf(results));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    Bytes key = condition.key();
    TxnResult result =
        transactions.write(
            "Compare and put of key '%s'".formatted(key),
            new Txn(List.of(condition), List.of(new Op.Put(key, value)), List.of(new Op.Get(key))));
    return result.succeeded()
        ? new CompareAndPutResult(true, Optional.empty())
        : new CompareAndPutResult(
            false, Batches.previousOf(result.results()).stream().map(KeyValue::value).findFirst());
  }

  @Override
  public TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    String attempted = "Txn of %d ops".formatted(txn.size());
    return StoreRequests.writes(txn)
        ? transactions.write(attempted, txn)
        : transactions.read(attempted, txn);
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    if (fence instanceof ZooKeeperFence ours && isOfThisStore(ours)) {
      return transactions.areUnder(ours) ? this : new ZooKeeperStore(this, ours);
    }
    throw new IllegalArgumentException(
        "the fence '%s' was not issued by the ZooKeeper store %s at %s"
            .formatted(fence.describe(), connection.layout().root(), connection.addresses()));
  }

  private boolean isOfThisStore(ZooKeeperFence fence) {
    try {
      return connection.identity().get(Deadline.in(connection.callTimeout())).equals(fence.store());
    } catch (ZooKeeperCallException e) {
      throw ZooKeeperFailures.beforeAnyEffect("Look at which store this is", e);
    }
  }
}
