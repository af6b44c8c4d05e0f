package io.metasrv.adapters.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the port's requests into etcd's messages, and etcd's answers back. Total; no I/O. */
final class EtcdMessages {

  /** etcd's way to say "to the last key". */
  private static final ByteString NO_END = ByteString.copyFrom(new byte[] {0});

  private EtcdMessages() {}

  static ByteString toEtcd(Bytes bytes) {
    return ByteString.copyFrom(bytes.asReadOnlyBuffer());
  }

  static Bytes fromEtcd(ByteString bytes) {
    return Bytes.wrap(bytes.toByteArray());
  }

  /** A linearizable read; etcd answers in ascending order of the keys. */
  static RangeRequest range(KeyRange range, RangeOptions options) {
    RangeRequest.Builder request =
        RangeRequest.newBuilder()
            .setKey(toEtcd(range.start()))
            .setLimit(options.limit())
            .setKeysOnly(options.keysOnly());
    if (!range.isSingle()) {
      request.setRangeEnd(rangeEnd(range));
    }
    return request.build();
  }

  static RangeRequest get(Bytes key) {
    return RangeRequest.newBuilder().setKey(toEtcd(key)).build();
  }

  static PutRequest put(Bytes key, Bytes value, Previous previous) {
    return PutRequest.newBuilder()
        .setKey(toEtcd(key))
        .setValue(toEtcd(value))
        .setPrevKv(previous == Previous.RETURN)
        .build();
  }

  static DeleteRangeRequest delete(Bytes key, Previous previous) {
    return DeleteRangeRequest.newBuilder()
        .setKey(toEtcd(key))
        .setPrevKv(previous == Previous.RETURN)
        .build();
  }

  static DeleteRangeRequest deleteRange(KeyRange range, Previous previous) {
    DeleteRangeRequest.Builder request =
        DeleteRangeRequest.newBuilder()
            .setKey(toEtcd(range.start()))
            .setPrevKv(previous == Previous.RETURN);
    if (!range.isSingle()) {
      request.setRangeEnd(rangeEnd(range));
    }
    return request.build();
  }

  /** The exclusive end in etcd's form. */
  static ByteString rangeEnd(KeyRange range) {
    return range.end().map(EtcdMessages::toEtcd).orElse(NO_END);
  }

  static RequestOp op(RangeRequest request) {
    return RequestOp.newBuilder().setRequestRange(request).build();
  }

  static RequestOp op(PutRequest request) {
    return RequestOp.newBuilder().setRequestPut(request).build();
  }

  static RequestOp op(DeleteRangeRequest request) {
    return RequestOp.newBuilder().setRequestDeleteRange(request).build();
  }

  static RequestOp op(TxnRequest request) {
    return RequestOp.newBuilder().setRequestTxn(request).build();
  }

  static TxnRequest txn(Txn txn) {
    return TxnRequest.newBuilder()
        .addAllCompare(txn.compares().stream().map(EtcdMessages::compare).toList())
        .addAllSuccess(ops(txn.success()))
        .addAllFailure(ops(txn.failure()))
        .build();
  }

  static List<RequestOp> ops(List<Op> ops) {
    return ops.stream().map(EtcdMessages::op).toList();
  }

  private static RequestOp op(Op op) {
    return switch (op) {
      case Op.Put(Bytes key, Bytes value) -> op(put(key, value, Previous.DISCARD));
      case Op.Get(Bytes key) -> op(get(key));
      case Op.Delete(Bytes key) -> op(delete(key, Previous.DISCARD));
    };
  }

  /**
   * Existence is the revision at which a key was created: 0 for a missing one. A comparison of
   * values is false for a missing key on etcd by itself.
   */
  static io.etcd.jetcd.api.Compare compare(Compare compare) {
    return switch (compare) {
      case Compare.Exists(Bytes key) ->
          createRevision(key, io.etcd.jetcd.api.Compare.CompareResult.GREATER, 0);
      case Compare.Absent(Bytes key) ->
          createRevision(key, io.etcd.jetcd.api.Compare.CompareResult.EQUAL, 0);
      case Compare.ValueEquals(Bytes key, Bytes value) ->
          io.etcd.jetcd.api.Compare.newBuilder()
              .setKey(toEtcd(key))
              .setTarget(io.etcd.jetcd.api.Compare.CompareTarget.VALUE)
              .setResult(io.etcd.jetcd.api.Compare.CompareResult.EQUAL)
              .setValue(toEtcd(value))
              .build();
    };
  }

  /** Holds while the term of the fence lasts. */
  static io.etcd.jetcd.api.Compare compare(EtcdFence fence) {
    return createRevision(
        fence.electionKey(), io.etcd.jetcd.api.Compare.CompareResult.EQUAL, fence.createRevision());
  }

  private static io.etcd.jetcd.api.Compare createRevision(
      Bytes key, io.etcd.jetcd.api.Compare.CompareResult operator, long revision) {
    return io.etcd.jetcd.api.Compare.newBuilder()
        .setKey(toEtcd(key))
        .setTarget(io.etcd.jetcd.api.Compare.CompareTarget.CREATE)
        .setResult(operator)
        .setCreateRevision(revision)
        .build();
  }

  static KeyValue pair(io.etcd.jetcd.api.KeyValue kv) {
    return new KeyValue(fromEtcd(kv.getKey()), fromEtcd(kv.getValue()));
  }

  static List<KeyValue> pairs(List<io.etcd.jetcd.api.KeyValue> kvs) {
    return kvs.stream().map(EtcdMessages::pair).toList();
  }

  /** The value of the first pair, if there is one. */
  static Optional<Bytes> firstValue(List<io.etcd.jetcd.api.KeyValue> kvs) {
    return kvs.isEmpty() ? Optional.empty() : Optional.of(fromEtcd(kvs.getFirst().getValue()));
  }

  /** What the transaction did. */
  static TxnResult result(Txn txn, TxnResponse answer) {
    List<Op> ran = answer.getSucceeded() ? txn.success() : txn.failure();
    return new TxnResult(answer.getSucceeded(), results(ran, answer.getResponsesList()));
  }

  private static List<OpResult> results(List<Op> ran, List<ResponseOp> responses) {
    List<OpResult> results = new ArrayList<>(ran.size());
    for (int i = 0; i < ran.size(); i++) {
      ResponseOp response = responses.get(i);
      results.add(
          switch (ran.get(i)) {
            case Op.Put put -> new OpResult.PutDone();
            case Op.Get(Bytes key) ->
                new OpResult.GetDone(key, firstValue(response.getResponseRange().getKvsList()));
            case Op.Delete delete ->
                new OpResult.DeleteDone(response.getResponseDeleteRange().getDeleted() > 0);
          });
    }
    return results;
  }
}
