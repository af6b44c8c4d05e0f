package io.metasrv.application.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The checks every store makes before a request is sent: no empty or overlong key, no value above
 * the store's limit, no key written twice, no transaction above {@code maxTxnOps}. In one place, so
 * that all backends refuse the same requests with the same words. Bounds of ranges are not keys and
 * are not checked.
 *
 * <p>Every {@code check} throws {@link StoreException.Rejected}. Immutable.
 *
 * @param store name of the store, for errors
 * @param maxTxnOps see {@link KeyValueStore#maxTxnOps()}
 * @param maxValueBytes see {@link KeyValueStore#maxValueBytes()}
 */
public record StoreRequests(String store, int maxTxnOps, int maxValueBytes) {

  public StoreRequests {
    if (maxTxnOps < 2) {
      throw new IllegalArgumentException("a store takes at least 2 ops in a txn: " + maxTxnOps);
    }
    if (maxValueBytes < KeyValueStore.MIN_MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a store takes values of at least %d bytes, not only %d"
              .formatted(KeyValueStore.MIN_MAX_VALUE_BYTES, maxValueBytes));
    }
  }

  /** The checks of a fenced view whose fence takes up one of the compares. */
  public StoreRequests lessOneTxnOp() {
    return new StoreRequests(store, maxTxnOps - 1, maxValueBytes);
  }

  /** One key that is read or removed. */
  public void checkKey(String operation, Bytes key) {
    if (key.isEmpty()) {
      throw rejected(operation, "Empty key is not allowed");
    }
    if (key.size() > KeyValueStore.MAX_KEY_BYTES) {
      throw rejected(
          operation,
          "a key of %d bytes is longer than the %d allowed, it begins with '%s'"
              .formatted(key.size(), KeyValueStore.MAX_KEY_BYTES, key.substring(0, 64)));
    }
  }

  /** Keys that are read; a key may come twice. */
  public void checkBatchGet(List<Bytes> keys) {
    keys.forEach(key -> checkKey("batch get", key));
  }

  /** One pair that is written. */
  public void checkPut(Bytes key, Bytes value) {
    checkPair("put", key, value);
  }

  /** Pairs that are written. */
  public void checkBatchPut(List<KeyValue> kvs) {
    Set<Bytes> written = new HashSet<>();
    for (KeyValue kv : kvs) {
      checkPair("batch put", kv.key(), kv.value());
      checkFirstWrite("batch put", written, kv.key());
    }
  }

  /** Keys that are removed. */
  public void checkBatchDelete(List<Bytes> keys) {
    Set<Bytes> written = new HashSet<>();
    for (Bytes key : keys) {
      checkKey("batch delete", key);
      checkFirstWrite("batch delete", written, key);
    }
  }

  /** A compare-and-put. */
  public void checkCompareAndPut(Compare condition, Bytes value) {
    checkCompare("compare and put", condition);
    checkValue("compare and put", condition.key(), value);
  }

  /** A transaction. */
  public void checkTxn(Txn txn) {
    if (txn.size() > maxTxnOps) {
      throw rejected(
          "txn",
          "%d compares, %d success ops and %d failure ops are more than the %d allowed of each;"
                  .formatted(
                      txn.compares().size(), txn.success().size(), txn.failure().size(), maxTxnOps)
              + " raise max_txn_ops here and on the server, or split the transaction");
    }
    txn.compares().forEach(compare -> checkCompare("txn", compare));
    checkBranch(txn.success());
    checkBranch(txn.failure());
  }

  /**
   * Cuts the items of a batch into the groups that are sent one after the other, each atomic, in
   * order.
   */
  public <T> List<List<T>> groups(List<T> items) {
    List<List<T>> groups = new ArrayList<>();
    for (int from = 0; from < items.size(); ) {
      int to = from + Math.min(maxTxnOps, items.size() - from);
      groups.add(List.copyOf(items.subList(from, to)));
      from = to;
    }
    return groups;
  }

  /** Whether the transaction can change anything: only then a fence is checked. */
  public static boolean writes(Txn txn) {
    return txn.success().stream().anyMatch(StoreRequests::writes)
        || txn.failure().stream().anyMatch(StoreRequests::writes);
  }

  private static boolean writes(Op op) {
    return !(op instanceof Op.Get);
  }

  private void checkBranch(List<Op> ops) {
    Set<Bytes> written = new HashSet<>();
    for (Op op : ops) {
      switch (op) {
        case Op.Put(Bytes key, Bytes value) -> {
          checkPair("txn", key, value);
          checkFirstWrite("txn", written, key);
        }
        case Op.Delete(Bytes key) -> {
          checkKey("txn", key);
          checkFirstWrite("txn", written, key);
        }
        case Op.Get(Bytes key) -> checkKey("txn", key);
      }
    }
  }

  private void checkCompare(String operation, Compare compare) {
    checkKey(operation, compare.key());
    if (compare instanceof Compare.ValueEquals(Bytes key, Bytes value)) {
      checkValue(operation, key, value);
    }
  }

  private void checkPair(String operation, Bytes key, Bytes value) {
    checkKey(operation, key);
    checkValue(operation, key, value);
  }

  private void checkValue(String operation, Bytes key, Bytes value) {
    if (value.size() > maxValueBytes) {
      throw rejected(
          operation,
          "the value of key '%s' has %d bytes, more than the %d allowed"
              .formatted(key, value.size(), maxValueBytes));
    }
  }

  private void checkFirstWrite(String operation, Set<Bytes> written, Bytes key) {
    if (!written.add(key)) {
      throw rejected(
          operation, "key '%s' is written twice; keep the last write only".formatted(key));
    }
  }

  private StoreException.Rejected rejected(String operation, String reason) {
    return new StoreException.Rejected(
        "Store %s refused a %s: %s".formatted(store, operation, reason));
  }
}
