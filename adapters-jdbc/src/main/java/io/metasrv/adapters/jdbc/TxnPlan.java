package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a transaction does, worked out from the rows it has to know, before anything is written.
 *
 * <p>Every row that the outcome depends on is locked until the end. A row that is not there cannot
 * be locked, so it is inserted: with its final value if the transaction puts it, else as a
 * placeholder that is removed again before the commit. Whoever inserted the same row meanwhile
 * makes that fail, and the transaction is run again. So transactions on the same keys follow each
 * other at READ COMMITTED, on both databases, without the deadlocks of gap locks and without the
 * false alarms of serializable snapshots.
 *
 * @param result what the caller gets
 * @param inserts pairs to insert, whose keys were not there
 * @param upserts pairs to write, whatever is there
 * @param deletes keys to remove, placeholders included
 * @param writes whether the transaction changes anything
 */
record TxnPlan(
    TxnResult result,
    SortedMap<Bytes, Bytes> inserts,
    SortedMap<Bytes, Bytes> upserts,
    SortedSet<Bytes> deletes,
    boolean writes) {

  /** The keys whose rows the outcome depends on. */
  static SortedSet<Bytes> decisiveKeys(Txn txn) {
    SortedSet<Bytes> keys = new TreeSet<>();
    txn.compares().forEach(compare -> keys.add(compare.key()));
    Stream.concat(txn.success().stream(), txn.failure().stream())
        .filter(op -> !(op instanceof Op.Put))
        .forEach(op -> keys.add(op.key()));
    return keys;
  }

  /**
   * @param found the rows of {@link #decisiveKeys} that are there
   */
  static TxnPlan of(Txn txn, SortedMap<Bytes, Bytes> found) {
    boolean succeeded = txn.compares().stream().allMatch(compare -> holds(compare, found));
    List<Op> branch = succeeded ? txn.success() : txn.failure();
    SortedMap<Bytes, Bytes> seen = new TreeMap<>(found);
    SortedMap<Bytes, Bytes> puts = new TreeMap<>();
    SortedSet<Bytes> removed = new TreeSet<>();
    List<OpResult> results = new ArrayList<>();
    for (Op op : branch) {
      results.add(
          switch (op) {
            case Op.Put(Bytes key, Bytes value) -> {
              seen.put(key, value);
              puts.put(key, value);
              yield new OpResult.PutDone();
            }
            case Op.Get(Bytes key) -> new OpResult.GetDone(key, Optional.ofNullable(seen.get(key)));
            case Op.Delete(Bytes key) -> {
              boolean existed = seen.remove(key) != null;
              if (existed) {
                removed.add(key);
              }
              yield new OpResult.DeleteDone(existed);
            }
          });
    }
    return withClaims(txn, found, new TxnResult(succeeded, results), puts, removed);
  }

  private static TxnPlan withClaims(
      Txn txn,
      SortedMap<Bytes, Bytes> found,
      TxnResult result,
      SortedMap<Bytes, Bytes> puts,
      SortedSet<Bytes> removed) {
    SortedSet<Bytes> decisive = decisiveKeys(txn);
    boolean writes = !puts.isEmpty() || !removed.isEmpty();
    SortedMap<Bytes, Bytes> inserts = new TreeMap<>();
    SortedMap<Bytes, Bytes> upserts = new TreeMap<>(puts);
    SortedSet<Bytes> deletes = new TreeSet<>(removed);
    // What only reads one row that is not there has seen it at one moment already.
    if (writes || decisive.size() > 1) {
      for (Bytes key : decisive) {
        if (!found.containsKey(key)) {
          Bytes value = upserts.remove(key);
          inserts.put(key, value == null ? Bytes.EMPTY : value);
          if (value == null) {
            deletes.add(key);
          }
        }
      }
    }
    return new TxnPlan(result, inserts, upserts, deletes, writes);
  }

  private static boolean holds(Compare compare, SortedMap<Bytes, Bytes> found) {
    return switch (compare) {
      case Compare.Exists(Bytes key) -> found.containsKey(key);
      case Compare.Absent(Bytes key) -> !found.containsKey(key);
      case Compare.ValueEquals(Bytes key, Bytes value) ->
          Optional.ofNullable(found.get(key)).filter(value::equals).isPresent();
    };
  }
}
