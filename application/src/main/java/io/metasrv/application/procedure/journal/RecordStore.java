package io.metasrv.application.procedure.journal;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.key.ProcedureRecordKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes values that may be longer than one key takes. A value appears as a whole or not at all:
 * its pieces are written in one transaction where they fit in one, else the first piece last, and
 * without it a reader does not see the others. Thread-safe.
 */
final class RecordStore {

  private final KeyValueStore store;
  private final int limit;

  /**
   * @param store the term's
   * @param limit longest piece in bytes; 0 for as long as the store takes
   */
  RecordStore(KeyValueStore store, long limit) {
    this.store = store;
    long most = store.maxValueBytes();
    this.limit = (int) (limit == 0 ? most : Math.min(limit, most));
  }

  /** Number of further pieces the value has. */
  int tail(Bytes value) {
    return Segments.split(value, limit).size() - 1;
  }

  /**
   * Whether a value replaces another one under the same key in one step.
   *
   * @param oldTail further pieces that may be there
   */
  boolean replacesAtOnce(Bytes value, int oldTail) {
    return fitsOneTxn(value, Math.max(tail(value), oldTail) + 1);
  }

  private boolean fitsOneTxn(Bytes value, int ops) {
    // A transaction is one request, and a request takes hardly more than one value.
    return ops == 1 || (ops <= store.maxTxnOps() && value.size() <= store.maxValueBytes());
  }

  /**
   * Writes a value; returns once it is certain that it is there.
   *
   * @param oldTail further pieces that may be there; they are removed where the value has none
   * @throws ServiceException with the store's code if it is not certain, or certainly not there
   */
  void put(Bytes key, Bytes value, int oldTail) {
    List<KeyValue> pieces = pieces(key, value);
    try {
      write(pieces, value, oldTail);
    } catch (StoreException.UnknownOutcome unknown) {
      if (!isThere(pieces, unknown)) {
        throw failure(key, unknown);
      }
    } catch (MetasrvException failed) {
      throw failure(key, failed);
    }
  }

  private List<KeyValue> pieces(Bytes key, Bytes value) {
    List<KeyValue> pieces = new ArrayList<>();
    for (Bytes piece : Segments.split(value, limit)) {
      int number = pieces.size();
      pieces.add(new KeyValue(number == 0 ? key : ProcedureRecordKey.segment(key, number), piece));
    }
    return pieces;
  }

  private void write(List<KeyValue> pieces, Bytes value, int oldTail) {
    KeyValue first = pieces.getFirst();
    int ops = Math.max(pieces.size(), oldTail + 1);
    if (ops == 1) {
      store.put(first.key(), first.value(), Previous.DISCARD);
    } else if (fitsOneTxn(value, ops)) {
      List<Op> all = new ArrayList<>();
      pieces.forEach(piece -> all.add(new Op.Put(piece.key(), piece.value())));
      for (int number = pieces.size(); number <= oldTail; number++) {
        all.add(new Op.Delete(ProcedureRecordKey.segment(first.key(), number)));
      }
      store.txn(Txn.always(all));
    } else {
      pieces.reversed().forEach(p -> store.put(p.key(), p.value(), Previous.DISCARD));
    }
  }

  /** A write whose outcome is unknown counts only once it has been seen. */
  private boolean isThere(List<KeyValue> pieces, StoreException.UnknownOutcome unknown) {
    try {
      return store.batchGet(pieces.stream().map(KeyValue::key).toList()).equals(pieces);
    } catch (MetasrvException unreadable) {
      unknown.addSuppressed(unreadable);
      return false;
    }
  }

  private static ServiceException failure(Bytes key, MetasrvException cause) {
    return new ServiceException(
        cause.code(), "Failed to put state, key: '%s'".formatted(key), cause);
  }
}
