package io.metasrv.adapters.embedded;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes that have not reached the disk, on top of the content beneath: reads see both. Stacked
 * twice by the writer, for the group and for the request at hand, so that a request that fails
 * leaves no trace in its group. Belongs to one thread.
 */
final class PendingWrites implements Content {

  private final Content beneath;

  /** The last write of each key; empty for a removed one. */
  private final TreeMap<Bytes, Optional<Bytes>> writes = new TreeMap<>();

  private OptionalLong term = OptionalLong.empty();
  private long bytes;

  PendingWrites(Content beneath) {
    this.beneath = beneath;
  }

  /** The last write of each key, ascending; empty for a removed one. */
  SortedMap<Bytes, Optional<Bytes>> pairs() {
    return writes;
  }

  /** The number of the term begun, if one was. */
  OptionalLong term() {
    return term;
  }

  boolean isEmpty() {
    return writes.isEmpty() && term.isEmpty();
  }

  /** Keys and values written so far; a key written again counts again. */
  long bytes() {
    return bytes;
  }

  void put(Bytes key, Bytes value) {
    write(key, Optional.of(value));
  }

  void delete(Bytes key) {
    write(key, Optional.empty());
  }

  /** Writes down that a term was begun. */
  void recordTerm(long number) {
    term = OptionalLong.of(number);
  }

  private void write(Bytes key, Optional<Bytes> value) {
    writes.put(key, value);
    bytes += key.size() + value.map(Bytes::size).orElse(0);
  }

  /** Takes over the writes of the layer above. */
  void absorb(PendingWrites above) {
    writes.putAll(above.writes);
    bytes += above.bytes;
    if (above.term.isPresent()) {
      term = above.term;
    }
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    Optional<Bytes> pending = writes.get(key);
    return pending == null ? beneath.get(key) : pending;
  }

  @Override
  public boolean contains(Bytes key) {
    Optional<Bytes> pending = writes.get(key);
    return pending == null ? beneath.contains(key) : pending.isPresent();
  }

  @Override
  public List<KeyValue> scan(KeyRange range, boolean keysOnly) {
    List<KeyValue> below = beneath.scan(range, keysOnly);
    NavigableMap<Bytes, Optional<Bytes>> above = within(range);
    if (above.isEmpty()) {
      return below;
    }
    TreeMap<Bytes, Bytes> merged = new TreeMap<>();
    below.forEach(kv -> merged.put(kv.key(), kv.value()));
    above.forEach(
        (key, write) -> {
          if (write.isPresent()) {
            merged.put(key, keysOnly ? Bytes.EMPTY : write.get());
          } else {
            merged.remove(key);
          }
        });
    return merged.entrySet().stream().map(e -> new KeyValue(e.getKey(), e.getValue())).toList();
  }

  private NavigableMap<Bytes, Optional<Bytes>> within(KeyRange range) {
    if (range.isEmpty()) {
      return new TreeMap<>();
    }
    return range
        .end()
        .map(end -> writes.subMap(range.start(), true, end, false))
        .orElseGet(() -> writes.tailMap(range.start(), true));
  }
}
