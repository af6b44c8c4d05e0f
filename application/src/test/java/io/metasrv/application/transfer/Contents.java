package io.metasrv.application.transfer;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Contents for tests. */
final class Contents {

  private Contents() {}

  static KeyValue pair(String key, String value) {
    return new KeyValue(Bytes.utf8(key), Bytes.utf8(value));
  }

  /** Values of all sizes at which the format of snapshots changes, most of them no text. */
  static List<KeyValue> awkward() {
    Random random = new Random(20);
    List<KeyValue> pairs = new ArrayList<>();
    int[] sizes = {0, 1, 2, 3, 4, 5, 254, 255, 256, 257, 65_534, 65_535, 65_536, 700_000};
    for (int size : sizes) {
      byte[] value = new byte[size];
      random.nextBytes(value);
      pairs.add(new KeyValue(Bytes.utf8("size/%07d".formatted(size)), Bytes.wrap(value)));
    }
    pairs.add(new KeyValue(Bytes.of(0xff, 0x00, 0x0a), Bytes.utf8("\"\\\n\u2028\u0000 ü")));
    return pairs;
  }

  static InMemoryStore storeWith(List<KeyValue> pairs) {
    InMemoryStore store = new InMemoryStore();
    pairs.forEach(pair -> store.put(pair.key(), pair.value(), Previous.DISCARD));
    return store;
  }

  static List<KeyValue> everythingIn(KeyValueStore store) {
    return RangePager.pairs(store, KeyRange.all()).readAll();
  }

  /** A whole store of the reference, as recorded. */
  static List<KeyValue> recorded(String name) throws IOException {
    try (InputStream in = Contents.class.getResourceAsStream("/golden/snapshots/" + name)) {
      if (in == null) {
        throw new IOException("no recording " + name);
      }
      JsonValue.Object file = JsonReader.read(Bytes.wrap(in.readAllBytes())).asObject();
      return ((JsonValue.Array) file.require("kvs"))
          .elements().stream()
              .map(JsonValue::asObject)
              .map(kv -> new KeyValue(hex(kv, "key_hex"), hex(kv, "value_hex")))
              .toList();
    }
  }

  private static Bytes hex(JsonValue.Object kv, String member) {
    return Bytes.hex(kv.text(member));
  }
}
