package io.metasrv.testkit.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a store should answer, in the plainest form: a sorted map walked from front to back. Written
 * apart from every implementation, so that it shares no mistake with one. For one thread.
 */
final class MapModel {

  private final TreeMap<Bytes, Bytes> pairs = new TreeMap<>();

  List<KeyValue> all() {
    return pairs.entrySet().stream().map(e -> new KeyValue(e.getKey(), e.getValue())).toList();
  }

  RangeResult range(KeyRange range, RangeOptions options) {
    List<KeyValue> inside =
        all().stream()
            .filter(kv -> range.contains(kv.key()))
            .map(kv -> options.keysOnly() ? new KeyValue(kv.key(), Bytes.EMPTY) : kv)
            .toList();
    boolean cut = options.limit() > 0 && inside.size() > options.limit();
    return new RangeResult(cut ? inside.subList(0, options.limit()) : inside, cut);
  }

  Optional<Bytes> get(Bytes key) {
    return Optional.ofNullable(pairs.get(key));
  }

  List<KeyValue> batchGet(List<Bytes> keys) {
    return keys.stream()
        .filter(pairs::containsKey)
        .map(key -> new KeyValue(key, get(key).orElseThrow()))
        .toList();
  }

  Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return returned(Optional.ofNullable(pairs.put(key, value)), previous);
  }

  List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    List<KeyValue> replaced = new ArrayList<>();
    for (KeyValue kv : kvs) {
      put(kv.key(), kv.value(), previous)
          .ifPresent(old -> replaced.add(new KeyValue(kv.key(), old)));
    }
    return replaced;
  }

  Optional<Bytes> delete(Bytes key, Previous previous) {
    return returned(Optional.ofNullable(pairs.remove(key)), previous);
  }

  List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    List<KeyValue> removed = new ArrayList<>();
    for (Bytes key : keys) {
      delete(key, previous).ifPresent(old -> removed.add(new KeyValue(key, old)));
    }
    return removed;
  }

  DeleteResult deleteRange(KeyRange range, Previous previous) {
    List<KeyValue> inside = range(range, RangeOptions.ALL).kvs();
    inside.forEach(kv -> pairs.remove(kv.key()));
    return new DeleteResult(inside.size(), previous == Previous.RETURN ? inside : List.of());
  }

  CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    if (!holds(condition)) {
      return new CompareAndPutResult(false, get(condition.key()));
    }
    pairs.put(condition.key(), value);
    return new CompareAndPutResult(true, Optional.empty());
  }

  TxnResult txn(Txn txn) {
    boolean succeeded = txn.compares().stream().allMatch(this::holds);
    List<OpResult> results = new ArrayList<>();
    for (Op op : succeeded ? txn.success() : txn.failure()) {
      results.add(
          switch (op) {
            case Op.Get get -> new OpResult.GetDone(get.key(), get(get.key()));
            case Op.Delete delete ->
                new OpResult.DeleteDone(delete(delete.key(), Previous.RETURN).isPresent());
            case Op.Put put -> {
              pairs.put(put.key(), put.value());
              yield new OpResult.PutDone();
            }
          });
    }
    return new TxnResult(succeeded, results);
  }

  private boolean holds(Compare compare) {
    Optional<Bytes> value = get(compare.key());
    return switch (compare) {
      case Compare.Exists exists -> value.isPresent();
      case Compare.Absent absent -> value.isEmpty();
      case Compare.ValueEquals equals -> value.equals(Optional.of(equals.value()));
    };
  }

  private static Optional<Bytes> returned(Optional<Bytes> old, Previous previous) {
    return previous == Previous.RETURN ? old : Optional.empty();
  }
}
