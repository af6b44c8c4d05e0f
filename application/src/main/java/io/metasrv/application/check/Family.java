package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All keys of a kind.
 *
 * @param values what could be read, in the order of the store
 * @param unreadable keys whose values could not be read; they count as there
 */
record Family<K, V>(SequencedMap<K, V> values, Set<K> unreadable) {

  /**
   * Reads a family page by page. What cannot be read is a finding.
   *
   * @param parse of a key
   * @param decode of a key and its value
   */
  static <K, V> Family<K, V> read(
      KeyValueStore store,
      Bytes prefix,
      Function<Bytes, K> parse,
      BiFunction<Bytes, Bytes, V> decode,
      Findings findings) {
    Family<K, V> family = new Family<>(new LinkedHashMap<>(), new HashSet<>());
    RangePager.pairs(store, KeyRange.prefix(prefix))
        .forEachPair(pair -> family.take(pair, parse, decode, findings));
    return family;
  }

  private void take(
      KeyValue pair,
      Function<Bytes, K> parse,
      BiFunction<Bytes, Bytes, V> decode,
      Findings findings) {
    Optional<K> parsed = attempt(pair, () -> parse.apply(pair.key()), findings);
    if (parsed.isEmpty()) {
      return;
    }
    K key = parsed.get();
    attempt(pair, () -> decode.apply(pair.key(), pair.value()), findings)
        .ifPresentOrElse(value -> values.put(key, value), () -> unreadable.add(key));
  }

  /** Whatever a parser throws at bytes it does not like is a finding, no failure of the check. */
  private static <T> Optional<T> attempt(KeyValue pair, Supplier<T> reading, Findings findings) {
    try {
      return Optional.of(reading.get());
    } catch (RuntimeException unreadable) {
      findings.add(Category.UNREADABLE, pair.key(), "%s", unreadable);
      return Optional.empty();
    }
  }

  /** Whether the key is there, readable or not. */
  boolean holds(K key) {
    return values.containsKey(key) || unreadable.contains(key);
  }

  /** What is under the key, if it can be read. */
  Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }
}
