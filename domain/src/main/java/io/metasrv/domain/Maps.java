package io.metasrv.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Maps that keep their order. */
public final class Maps {

  private Maps() {}

  /** An unmodifiable copy in the order of iteration. */
  public static <K, V> SequencedMap<K, V> copyOf(Map<K, V> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /** The empty map, unmodifiable. */
  public static <K, V> SequencedMap<K, V> empty() {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
  }
}
