package io.metasrv.testkit.store;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What all groups of cases share: the store under test, and short words for pairs and keys. */
interface StoreCases {

  /** The fixture of the running test. */
  StoreFixture fixture();

  /** The store under test. */
  default KeyValueStore store() {
    return fixture().store();
  }

  /** Writes a pair of texts. */
  default void given(String key, String value) {
    store().put(bytes(key), bytes(value), Previous.DISCARD);
  }

  /** Writes the keys, each with the value {@code value of KEY}. */
  default void givenKeys(String... keys) {
    for (String key : keys) {
      given(key, "value of " + key);
    }
  }

  /** Every pair in the store; for tests with few. */
  default List<KeyValue> content() {
    return store().range(KeyRange.all(), RangeOptions.ALL).kvs();
  }

  /** The UTF-8 bytes of the text. */
  static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  /** A pair of texts. */
  static KeyValue pair(String key, String value) {
    return new KeyValue(bytes(key), bytes(value));
  }

  /** The pair that {@link #givenKeys} writes. */
  static KeyValue pairOf(String key) {
    return pair(key, "value of " + key);
  }

  /** The keys of a result, as texts. */
  static List<String> keysOf(RangeResult result) {
    return result.kvs().stream().map(kv -> kv.key().toUtf8()).toList();
  }

  /** {@code PREFIX00000}, {@code PREFIX00001} and so on. */
  static List<Bytes> numberedKeys(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> bytes("%s%05d".formatted(prefix, i))).toList();
  }

  /** The keys, each with the same value. */
  static List<KeyValue> withValue(List<Bytes> keys, Bytes value) {
    return keys.stream().map(key -> new KeyValue(key, value)).toList();
  }

  /** That many bytes of a pattern that does not repeat at powers of two. */
  static Bytes blob(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (i % 251);
    }
    return Bytes.wrap(content);
  }

  /** That many times the letter k. */
  static Bytes longKey(int size) {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) 'k');
    return Bytes.wrap(content);
  }
}
