package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Writes pairs in order, in batches that the store takes as one atomic step. */
final class BatchWriter {

  /**
   * Keys and values of one batch, in bytes; a larger pair goes alone. Half of what ZooKeeper takes
   * in one request by default, the least of all backends.
   */
  static final int MOST_BYTES = 512 << 10;

  /** Where the store has no limit of its own: enough for the cost of a sync not to matter. */
  private static final int MOST_PAIRS = 1024;

  private final KeyValueStore store;
  private final int mostPairs;

  BatchWriter(KeyValueStore store) {
    this.store = store;
    this.mostPairs = Math.min(store.maxTxnOps(), MOST_PAIRS);
  }

  /** Hears of batches. */
  @FunctionalInterface
  interface Listener {
    /** A batch of so many pairs is in the store. */
    void written(int pairs);
  }

  void write(Iterator<KeyValue> pairs, Listener listener) {
    List<KeyValue> batch = new ArrayList<>();
    long bytes = 0;
    while (pairs.hasNext()) {
      KeyValue pair = pairs.next();
      long size = (long) pair.key().size() + pair.value().size();
      if (!batch.isEmpty() && (batch.size() == mostPairs || bytes + size > MOST_BYTES)) {
        flush(batch, listener);
        bytes = 0;
      }
      batch.add(pair);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      flush(batch, listener);
    }
  }

  private void flush(List<KeyValue> batch, Listener listener) {
    store.batchPut(batch, Previous.DISCARD);
    listener.written(batch.size());
    batch.clear();
  }
}
