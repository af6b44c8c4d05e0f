package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.ValueCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads values of one kind. */
final class Reads {

  private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

  private Reads() {}

  /** The value under the key. */
  static <T> Optional<Stored<T>> get(KeyValueStore store, Bytes key, ValueCodec<T> codec) {
    return store.get(key).map(raw -> stored(key, raw, codec));
  }

  /** The value of the bytes. */
  static <T> Stored<T> stored(Bytes key, Bytes raw, ValueCodec<T> codec) {
    return new Stored<>(raw, codec.decode(key, raw));
  }

  /** Those values that are there, in the order asked for. */
  static <I, T> SequencedMap<I, Stored<T>> batch(
      KeyValueStore store, List<I> ids, Function<I, Bytes> keyOf, ValueCodec<T> codec) {
    LinkedHashMap<Bytes, I> idOf = new LinkedHashMap<>();
    new LinkedHashSet<>(ids).forEach(id -> idOf.put(keyOf.apply(id), id));
    LinkedHashMap<I, Stored<T>> found = new LinkedHashMap<>();
    if (!idOf.isEmpty()) {
      for (KeyValue kv : store.batchGet(List.copyOf(idOf.keySet()))) {
        I id = idOf.get(kv.key());
        if (id != null) {
          found.put(id, stored(kv.key(), kv.value(), codec));
        }
      }
    }
    return found;
  }

  /**
   * All values below a prefix, ascending by key. A key that is none of the family is nobody's: it
   * is logged and left out.
   */
  static <K, T> SequencedMap<K, Stored<T>> scan(
      KeyValueStore store, Bytes prefix, Function<Bytes, K> parse, ValueCodec<T> codec) {
    LinkedHashMap<K, Stored<T>> found = new LinkedHashMap<>();
    RangePager.pairs(store, KeyRange.prefix(prefix))
        .forEachPair(
            kv ->
                parsed(kv.key(), parse)
                    .ifPresent(key -> found.put(key, stored(kv.key(), kv.value(), codec))));
    return found;
  }

  /** All keys below a prefix, ascending; keys of no family are logged and left out. */
  static <K> List<K> keys(KeyValueStore store, Bytes prefix, Function<Bytes, K> parse) {
    return RangePager.keys(store, KeyRange.prefix(prefix)).readAll().stream()
        .flatMap(kv -> parsed(kv.key(), parse).stream())
        .toList();
  }

  private static <K> Optional<K> parsed(Bytes key, Function<Bytes, K> parse) {
    try {
      return Optional.of(parse.apply(key));
    } catch (ServiceException notOfTheFamily) {
      LOG.warn("A key is left out of a listing: {}", notOfTheFamily.getMessage());
      return Optional.empty();
    }
  }
}
