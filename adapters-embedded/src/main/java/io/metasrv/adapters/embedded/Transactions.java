package io.metasrv.adapters.embedded;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each request of the port means, in terms of content read and writes made pending. Pure but
 * for those two.
 */
final class Transactions {

  private Transactions() {}

  static Optional<Bytes> put(PendingWrites writes, Bytes key, Bytes value, Previous previous) {
    Optional<Bytes> replaced = previousOf(writes, key, previous);
    writes.put(key, value);
    return replaced;
  }

  static Optional<Bytes> delete(PendingWrites writes, Bytes key, Previous previous) {
    Optional<Bytes> removed = previousOf(writes, key, previous);
    writes.delete(key);
    return removed;
  }

  static List<KeyValue> batchPut(PendingWrites writes, List<KeyValue> kvs, Previous previous) {
    List<KeyValue> replaced = new ArrayList<>();
    for (KeyValue kv : kvs) {
      put(writes, kv.key(), kv.value(), previous)
          .ifPresent(old -> replaced.add(new KeyValue(kv.key(), old)));
    }
    return replaced;
  }

  static List<KeyValue> batchDelete(PendingWrites writes, List<Bytes> keys, Previous previous) {
    List<KeyValue> removed = new ArrayList<>();
    for (Bytes key : keys) {
      delete(writes, key, previous).ifPresent(old -> removed.add(new KeyValue(key, old)));
    }
    return removed;
  }

  static DeleteResult deleteRange(PendingWrites writes, KeyRange range, Previous previous) {
    List<KeyValue> doomed = writes.scan(range, previous == Previous.DISCARD);
    doomed.forEach(kv -> writes.delete(kv.key()));
    return new DeleteResult(doomed.size(), previous == Previous.RETURN ? doomed : List.of());
  }

  static CompareAndPutResult compareAndPut(PendingWrites writes, Compare condition, Bytes value) {
    if (!holds(writes, condition)) {
      return new CompareAndPutResult(false, writes.get(condition.key()));
    }
    writes.put(condition.key(), value);
    return new CompareAndPutResult(true, Optional.empty());
  }

  static TxnResult txn(PendingWrites writes, Txn txn) {
    boolean succeeded = allHold(writes, txn);
    List<OpResult> results = new ArrayList<>();
    for (Op op : succeeded ? txn.success() : txn.failure()) {
      results.add(run(writes, op));
    }
    return new TxnResult(succeeded, results);
  }

  private static OpResult run(PendingWrites writes, Op op) {
    return switch (op) {
      case Op.Put(Bytes key, Bytes value) -> {
        writes.put(key, value);
        yield new OpResult.PutDone();
      }
      case Op.Get(Bytes key) -> new OpResult.GetDone(key, writes.get(key));
      case Op.Delete(Bytes key) -> {
        boolean existed = writes.contains(key);
        writes.delete(key);
        yield new OpResult.DeleteDone(existed);
      }
    };
  }

  private static boolean allHold(Content content, Txn txn) {
    return txn.compares().stream().allMatch(compare -> holds(content, compare));
  }

  private static boolean holds(Content content, Compare compare) {
    return switch (compare) {
      case Compare.Exists(Bytes key) -> content.contains(key);
      case Compare.Absent(Bytes key) -> !content.contains(key);
      case Compare.ValueEquals(Bytes key, Bytes value) ->
          content.get(key).filter(value::equals).isPresent();
    };
  }

  private static Optional<Bytes> previousOf(Content content, Bytes key, Previous previous) {
    return previous == Previous.RETURN ? content.get(key) : Optional.empty();
  }
}
