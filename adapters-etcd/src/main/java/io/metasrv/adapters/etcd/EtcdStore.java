package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The store on etcd v3 (sheet 02 §5). Ranges are linearizable. How writes are fenced: {@link
 * FencedWrites}. Thread-safe; does not own the connection.
 */
public final class EtcdStore implements KeyValueStore {

  /** The size of a request that etcd takes by default, in bytes ({@code --max-request-bytes}). */
  public static final int DEFAULT_MAX_REQUEST_BYTES = 1_572_864;

  /** What a request holds beside one value: its key, the keys of its fences, etcd's envelope. */
  private static final int ENVELOPE_BYTES = 12 << 10;

  private static final String NAME = "Etcd";

  private final EtcdConnection connection;
  private final EtcdCalls calls;
  private final StoreRequests requests;
  private final FencedWrites writes;

  /**
   * A store on a cluster with default limits.
   *
   * @param maxTxnOps at least 2, at most etcd's {@code --max-txn-ops}
   */
  public EtcdStore(EtcdConnection connection, int maxTxnOps) {
    this(connection, maxTxnOps, DEFAULT_MAX_REQUEST_BYTES);
  }

  /**
   * @param maxTxnOps at least 2, at most etcd's {@code --max-txn-ops}
   * @param maxRequestBytes etcd's {@code --max-request-bytes}; larger requests are refused unsent
   */
  public EtcdStore(EtcdConnection connection, int maxTxnOps, int maxRequestBytes) {
    this.connection = connection;
    this.calls = new EtcdCalls(connection);
    this.requests = new StoreRequests(NAME, maxTxnOps, maxRequestBytes - ENVELOPE_BYTES);
    this.writes = new FencedWrites(calls, maxRequestBytes, List.of());
  }

  private EtcdStore(EtcdStore unfenced, FencedWrites writes) {
    this.connection = unfenced.connection;
    this.calls = unfenced.calls;
    this.requests = unfenced.requests.lessOneTxnOp();
    this.writes = writes;
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
    if (range.isEmpty()) {
      return new RangeResult(List.of(), false);
    }
    RangeResponse answer =
        calls.read(
            "Range from key '%s'".formatted(range.start()),
            KVGrpc.getRangeMethod(),
            EtcdMessages.range(range, options));
    return new RangeResult(EtcdMessages.pairs(answer.getKvsList()), answer.getMore());
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    RangeResponse answer =
        calls.read(
            "Get of key '%s'".formatted(key), KVGrpc.getRangeMethod(), EtcdMessages.get(key));
    return EtcdMessages.firstValue(answer.getKvsList());
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    List<KeyValue> found = new ArrayList<>();
    for (List<Bytes> group : requests.groups(keys)) {
      TxnRequest request =
          TxnRequest.newBuilder()
              .addAllSuccess(group.stream().map(EtcdMessages::get).map(EtcdMessages::op).toList())
              .build();
      TxnResponse answer =
          calls.read(
              "Batch get of %d keys".formatted(group.size()), KVGrpc.getTxnMethod(), request);
      answer.getResponsesList().stream()
          .flatMap(response -> response.getResponseRange().getKvsList().stream())
          .map(EtcdMessages::pair)
          .forEach(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    String attempted = "Put of key '%s'".formatted(key);
    PutResponse answer = writes.put(attempted, EtcdMessages.put(key, value, previous));
    return answer.hasPrevKv()
        ? Optional.of(EtcdMessages.fromEtcd(answer.getPrevKv().getValue()))
        : Optional.empty();
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    List<RequestOp> puts =
        kvs.stream()
            .map(kv -> EtcdMessages.op(EtcdMessages.put(kv.key(), kv.value(), previous)))
            .toList();
    return writes
        .inGroups("Batch put", requests.groups(puts))
        .map(ResponseOp::getResponsePut)
        .filter(PutResponse::hasPrevKv)
        .map(answer -> EtcdMessages.pair(answer.getPrevKv()))
        .toList();
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    return EtcdMessages.firstValue(
        writes
            .delete("Delete of key '%s'".formatted(key), EtcdMessages.delete(key, previous))
            .getPrevKvsList());
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    List<RequestOp> deletes =
        keys.stream().map(key -> EtcdMessages.op(EtcdMessages.delete(key, previous))).toList();
    return writes
        .inGroups("Batch delete", requests.groups(deletes))
        .flatMap(response -> response.getResponseDeleteRange().getPrevKvsList().stream())
        .map(EtcdMessages::pair)
        .toList();
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    String attempted = "Delete of the range from key '%s'".formatted(range.start());
    if (range.isEmpty()) {
      // Nothing to remove; only the fence has something to say, and etcd wants no inverted range.
      writes.checkFence(attempted);
      return new DeleteResult(0, List.of());
    }
    DeleteRangeResponse answer =
        writes.delete(attempted, EtcdMessages.deleteRange(range, previous));
    return new DeleteResult(answer.getDeleted(), EtcdMessages.pairs(answer.getPrevKvsList()));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    Bytes key = condition.key();
    TxnResult result =
        run(
            "Compare and put of key '%s'".formatted(key),
            new Txn(List.of(condition), List.of(new Op.Put(key, value)), List.of(new Op.Get(key))));
    return switch (result.results().getFirst()) {
      case OpResult.GetDone(Bytes read, Optional<Bytes> current) ->
          new CompareAndPutResult(false, current);
      case OpResult.PutDone put -> new CompareAndPutResult(true, Optional.empty());
      case OpResult.DeleteDone delete -> throw new IllegalStateException("nothing was deleted");
    };
  }

  @Override
  public TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    return run("Txn of %d ops".formatted(txn.size()), txn);
  }

  private TxnResult run(String attempted, Txn txn) {
    TxnRequest request = EtcdMessages.txn(txn);
    if (!StoreRequests.writes(txn)) {
      return EtcdMessages.result(txn, calls.read(attempted, KVGrpc.getTxnMethod(), request));
    }
    if (request.getSerializedSize() > requests.maxValueBytes() && ExpectedByRevision.helps(txn)) {
      return new ExpectedByRevision(calls, attempted, inner -> writes.txn(attempted, inner))
          .run(txn);
    }
    return EtcdMessages.result(txn, writes.txn(attempted, request));
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    if (!(fence instanceof EtcdFence ours) || ours.clusterId() != connection.clusterId()) {
      throw new IllegalArgumentException(
          "the fence '%s' was not issued by the etcd cluster at %s"
              .formatted(fence.describe(), connection.endpoints()));
    }
    return writes.areUnder(ours) ? this : new EtcdStore(this, writes.and(ours));
  }
}
