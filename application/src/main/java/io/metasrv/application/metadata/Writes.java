package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Writes without a condition: doing them again does no harm, so unknown outcomes are repeated. */
final class Writes {

  private static final int MAX_SENDS = 3;

  private Writes() {}

  /** Writes the pairs; beyond the store's limit in several steps. */
  static void putAll(KeyValueStore store, Map<Bytes, Bytes> pairs) {
    List<KeyValue> kvs = new ArrayList<>(pairs.size());
    pairs.forEach((key, value) -> kvs.add(new KeyValue(key, value)));
    if (!kvs.isEmpty()) {
      repeat(() -> store.batchPut(kvs, Previous.DISCARD));
    }
  }

  /** Removes the keys; beyond the store's limit in several steps, in order. */
  static void deleteAll(KeyValueStore store, Collection<Bytes> keys) {
    List<Bytes> distinct = List.copyOf(new LinkedHashSet<>(keys));
    if (!distinct.isEmpty()) {
      repeat(() -> store.batchDelete(distinct, Previous.DISCARD));
    }
  }

  private static void repeat(Runnable write) {
    for (int sent = 1; ; sent++) {
      try {
        write.run();
        return;
      } catch (StoreException.UnknownOutcome unknown) {
        if (sent == MAX_SENDS) {
          throw unknown;
        }
      }
    }
  }
}
