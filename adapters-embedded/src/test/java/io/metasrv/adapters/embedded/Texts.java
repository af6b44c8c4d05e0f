package io.metasrv.adapters.embedded;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import java.util.SortedMap;
import java.util.TreeMap;

/** Short words for stores of texts. */
final class Texts {

  private Texts() {}

  static void put(KeyValueStore store, String key, String value) {
    store.put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD);
  }

  static String get(KeyValueStore store, String key) {
    return store.get(Bytes.utf8(key)).map(Bytes::toUtf8).orElse("(missing)");
  }

  static SortedMap<String, String> content(KeyValueStore store) {
    SortedMap<String, String> content = new TreeMap<>();
    store
        .range(KeyRange.all(), RangeOptions.ALL)
        .kvs()
        .forEach(kv -> content.put(kv.key().toUtf8(), kv.value().toUtf8()));
    return content;
  }
}
