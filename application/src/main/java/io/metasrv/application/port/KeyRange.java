package io.metasrv.application.port;

import io.metasrv.domain.Bytes;
import java.util.Optional;

/**
 * A range of keys in unsigned byte order: {@code start <= key}, and {@code key < end} where an end
 * is given (sheet 02 §2). A range whose end is not above its start holds nothing; that is not an
 * error.
 *
 * @param start not empty, because no key is
 * @param end exclusive; empty for "to the last key"
 */
public record KeyRange(Bytes start, Optional<Bytes> end) {

  private static final Bytes LOWEST = Bytes.of(0);

  public KeyRange {
    if (start.isEmpty()) {
      throw new IllegalArgumentException("a key range cannot start at the empty key");
    }
  }

  /** Exactly this key. */
  public static KeyRange single(Bytes key) {
    return new KeyRange(key, Optional.of(key.next()));
  }

  /** Every key that begins with the prefix; every key at all for an empty prefix. */
  public static KeyRange prefix(Bytes prefix) {
    return prefix.isEmpty() ? all() : new KeyRange(prefix, prefixEnd(prefix));
  }

  /** From the first key (inclusive) to the second (exclusive). */
  public static KeyRange between(Bytes start, Bytes end) {
    return new KeyRange(start, Optional.of(end));
  }

  /** From the key (inclusive) to the last. */
  public static KeyRange from(Bytes start) {
    return new KeyRange(start, Optional.empty());
  }

  /** Every key. */
  public static KeyRange all() {
    return from(LOWEST);
  }

  /** Whether this can only ever hold the start key. */
  public boolean isSingle() {
    return end.isPresent() && end.get().equals(start.next());
  }

  /** Whether no key at all can lie in it. */
  public boolean isEmpty() {
    return end.isPresent() && end.get().compareTo(start) <= 0;
  }

  /** Whether the key lies in it. */
  public boolean contains(Bytes key) {
    return key.compareTo(start) >= 0 && (end.isEmpty() || key.compareTo(end.get()) < 0);
  }

  /** The part of this range above the key: where the next page begins. */
  public KeyRange after(Bytes key) {
    return new KeyRange(key.next(), end);
  }

  /**
   * The smallest key above every key with the prefix: the last byte below 0xFF incremented and the
   * rest cut. Empty if there is none, that is, if every byte is 0xFF or the prefix is empty.
   */
  public static Optional<Bytes> prefixEnd(Bytes prefix) {
    for (int i = prefix.size() - 1; i >= 0; i--) {
      if (prefix.at(i) < 0xff) {
        byte[] end = prefix.substring(0, i + 1).toByteArray();
        end[i]++;
        return Optional.of(Bytes.wrap(end));
      }
    }
    return Optional.empty();
  }
}
