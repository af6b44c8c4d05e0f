package io.metasrv.application.memory;

import io.metasrv.application.port.Compare;
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
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pairs and the current term of one in-memory store. The operations on pairs must run inside
 * {@link #read} or {@link #write}, which hold the one lock: that is what makes them atomic.
 */
final class MemoryContent {

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Bytes, Bytes> pairs = new TreeMap<>();
  private long lastTerm;
  private @Nullable MemoryTerm openTerm;

  /** Runs under the lock. */
  <T> T read(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs under the lock if the fence, where there is one, is the open term. */
  <T> T write(@Nullable MemoryTerm fence, Supplier<T> body) {
    lock.lock();
    try {
      if (fence != null && !fence.equals(openTerm)) {
        throw new StoreException.FencedOut(
            "A write of %s was refused: %s. Nothing changed; this node has to win a new term first"
                .formatted(
                    fence.describe(),
                    openTerm == null ? "that term is over" : openTerm.describe() + " has begun"));
      }
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  MemoryTerm openTerm(String holder) {
    return read(
        () -> {
          lastTerm++;
          MemoryTerm begun = new MemoryTerm(this, lastTerm, holder);
          openTerm = begun;
          return begun;
        });
  }

  void closeTerm(MemoryTerm term) {
    lock.lock();
    try {
      if (term.equals(openTerm)) {
        openTerm = null;
      }
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      pairs.clear();
    } finally {
      lock.unlock();
    }
  }

  RangeResult range(KeyRange range, RangeOptions options) {
    List<KeyValue> found = new ArrayList<>();
    for (var pair : within(range).entrySet()) {
      if (options.limit() > 0 && found.size() == options.limit()) {
        return new RangeResult(found, true);
      }
      found.add(new KeyValue(pair.getKey(), options.keysOnly() ? Bytes.EMPTY : pair.getValue()));
    }
    return new RangeResult(found, false);
  }

  Optional<Bytes> get(Bytes key) {
    return Optional.ofNullable(pairs.get(key));
  }

  List<KeyValue> getAll(List<Bytes> keys) {
    List<KeyValue> found = new ArrayList<>();
    for (Bytes key : keys) {
      get(key).ifPresent(value -> found.add(new KeyValue(key, value)));
    }
    return found;
  }

  Optional<Bytes> put(Bytes key, Bytes value) {
    return Optional.ofNullable(pairs.put(key, value));
  }

  Optional<Bytes> delete(Bytes key) {
    return Optional.ofNullable(pairs.remove(key));
  }

  DeleteResult deleteRange(KeyRange range, Previous previous) {
    NavigableMap<Bytes, Bytes> doomed = within(range);
    List<KeyValue> removed = new ArrayList<>();
    if (previous == Previous.RETURN) {
      doomed.forEach((key, value) -> removed.add(new KeyValue(key, value)));
    }
    long count = doomed.size();
    doomed.clear();
    return new DeleteResult(count, removed);
  }

  boolean holds(Compare compare) {
    return switch (compare) {
      case Compare.Exists(Bytes key) -> pairs.containsKey(key);
      case Compare.Absent(Bytes key) -> !pairs.containsKey(key);
      case Compare.ValueEquals(Bytes key, Bytes value) ->
          get(key).filter(value::equals).isPresent();
    };
  }

  TxnResult run(Txn txn) {
    boolean succeeded = txn.compares().stream().allMatch(this::holds);
    List<OpResult> results = new ArrayList<>();
    for (Op op : succeeded ? txn.success() : txn.failure()) {
      results.add(run(op));
    }
    return new TxnResult(succeeded, results);
  }

  private OpResult run(Op op) {
    return switch (op) {
      case Op.Put(Bytes key, Bytes value) -> {
        pairs.put(key, value);
        yield new OpResult.PutDone();
      }
      case Op.Get(Bytes key) -> new OpResult.GetDone(key, get(key));
      case Op.Delete(Bytes key) -> new OpResult.DeleteDone(pairs.remove(key) != null);
    };
  }

  private NavigableMap<Bytes, Bytes> within(KeyRange range) {
    if (range.isEmpty()) {
      return new TreeMap<>();
    }
    return range
        .end()
        .map(end -> pairs.subMap(range.start(), true, end, false))
        .orElseGet(() -> pairs.tailMap(range.start(), true));
  }
}
