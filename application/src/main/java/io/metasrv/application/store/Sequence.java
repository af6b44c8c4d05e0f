package io.metasrv.application.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers that are never given twice, by any process (sheet 02 §21). The store holds the first
 * number nobody has reserved; a range of {@code step} numbers is reserved by compare-and-put and
 * then given out from memory. What is reserved and not used when the process ends is skipped.
 *
 * <p>All numbers are unsigned 64-bit, in a {@code long}. Thread-safe; a caller waits while another
 * reserves.
 */
public final class Sequence {

  /** Largest possible bound: 2^64 - 1. */
  public static final long MAX = -1L;

  private static final String KEY_PREFIX = "__meta_seq-";

  /** How often a reservation may meet a competitor before it gives up. */
  private static final int MAX_ROUNDS = 1024;

  private final KeyValueStore store;
  private final String name;
  private final Bytes key;
  private final long step;
  private final long max;
  private final ReentrantLock lock = new ReentrantLock();
  private long initial;

  /** The numbers reserved and not given out yet: {@code next <= n < end}. */
  private long next;

  private long end;

  /** What the store held when we last saw it; empty while we never saw a value. */
  private Optional<Bytes> known = Optional.empty();

  /**
   * @param store where the sequence lives; written by compare-and-put only
   * @param name the key is {@code __meta_seq-NAME}
   * @param initial the smallest number ever given out
   * @param step how many are reserved at a time, at least 1
   * @param max exclusive bound
   */
  public Sequence(KeyValueStore store, String name, long initial, long step, long max) {
    if (step == 0 || Long.compareUnsigned(initial, max) > 0) {
      throw new IllegalArgumentException(
          "sequence %s: step must be positive and initial at most max".formatted(name));
    }
    this.store = store;
    this.name = name;
    this.key = key(name);
    this.initial = initial;
    this.step = step;
    this.max = max;
  }

  /** The key of a sequence. */
  public static Bytes key(String name) {
    return Bytes.utf8(KEY_PREFIX + name);
  }

  /**
   * The next number.
   *
   * @throws ServiceException with code UNEXPECTED if the sequence is exhausted, its stored value is
   *     not one, or its key vanished although numbers had been reserved
   * @throws StoreException if the store failed; no number is lost but reserved ones may be skipped
   */
  public long next() {
    lock.lock();
    try {
      if (next == end) {
        reserve();
      }
      long given = next;
      next++;
      return given;
    } finally {
      lock.unlock();
    }
  }

  /** The first number nobody has reserved, from the store. Numbers below it may still be unused. */
  public long peek() {
    lock.lock();
    try {
      return store.get(key).map(this::decode).map(this::atLeastInitial).orElse(initial);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes the number the next one that is given out, by everyone; for operators who repair a store.
   *
   * @throws ServiceException with code UNEXPECTED unless the number is above all that may have been
   *     given out, or if somebody else moved the sequence meanwhile
   */
  public void jumpTo(long target) {
    lock.lock();
    try {
      Optional<Bytes> stored = store.get(key);
      long floor = maxUnsigned(stored.map(this::decode).orElse(initial), initial, end);
      if (Long.compareUnsigned(target, floor) <= 0) {
        throw failure(
            "cannot jump to %s: it must be above %s, because numbers up to there may be in use"
                .formatted(Long.toUnsignedString(target), Long.toUnsignedString(floor)));
      }
      if (!moveTo(target, stored)) {
        throw failure(
            "the jump to %s was not made: another process moved the sequence; look and try again"
                .formatted(Long.toUnsignedString(target)));
      }
      initial = target;
      next = target;
      end = target;
      known = Optional.of(encode(target));
    } finally {
      lock.unlock();
    }
  }

  private boolean moveTo(long target, Optional<Bytes> stored) {
    try {
      return store.compareAndPut(unchanged(stored), encode(target)).success();
    } catch (StoreException.UnknownOutcome unknown) {
      if (store.get(key).equals(Optional.of(encode(target)))) {
        return true;
      }
      throw unknown;
    }
  }

  /**
   * Takes note that the stored value was moved by someone who wrote the key himself, for example an
   * operator through another node: numbers go on from there, and what is reserved below it is
   * skipped. A value that is not above all that is reserved changes nothing. Does no I/O.
   *
   * @param stored the value written
   * @throws ServiceException with code UNEXPECTED if it is no number
   */
  public void movedTo(Bytes stored) {
    lock.lock();
    try {
      long target = decode(stored);
      if (Long.compareUnsigned(target, maxUnsigned(initial, end, end)) > 0) {
        initial = target;
        next = target;
        end = target;
        known = Optional.of(stored);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether this sequence may give out the number: {@code initial <= n < max}. */
  public boolean gives(long number) {
    lock.lock();
    try {
      return Long.compareUnsigned(number, initial) >= 0 && Long.compareUnsigned(number, max) < 0;
    } finally {
      lock.unlock();
    }
  }

  private void reserve() {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      long start = known.map(this::decode).map(this::atLeastInitial).orElse(initial);
      if (Long.compareUnsigned(start, max) >= 0) {
        throw failure(
            "next sequence exhausted: all numbers below %s were given out"
                .formatted(Long.toUnsignedString(max)));
      }
      long left = max - start;
      long reservedEnd = start + (Long.compareUnsigned(step, left) < 0 ? step : left);
      if (tryReserve(encode(reservedEnd))) {
        next = start;
        end = reservedEnd;
        return;
      }
    }
    throw failure(
        "no range could be reserved in %d rounds against competitors; try again"
            .formatted(MAX_ROUNDS));
  }

  private boolean tryReserve(Bytes reserved) {
    Optional<Bytes> current;
    try {
      CompareAndPutResult result = store.compareAndPut(unchanged(known), reserved);
      if (result.success()) {
        known = Optional.of(reserved);
        return true;
      }
      current = result.current();
    } catch (StoreException.UnknownOutcome unknown) {
      // The value may be there because of us or because of a competitor who reserved the same
      // range;
      // nobody can tell. So the range counts as taken by another: numbers are skipped, never
      // doubled.
      current = store.get(key);
    }
    if (current.isEmpty() && known.isPresent()) {
      throw failure(
          "its key vanished from the store, and starting again from %s would give numbers twice;"
                  .formatted(Long.toUnsignedString(initial))
              + " restore the key or set the next number by hand");
    }
    known = current;
    return false;
  }

  private Compare unchanged(Optional<Bytes> expected) {
    return expected
        .<Compare>map(value -> new Compare.ValueEquals(key, value))
        .orElseGet(() -> new Compare.Absent(key));
  }

  private long atLeastInitial(long stored) {
    return maxUnsigned(stored, initial, initial);
  }

  private static long maxUnsigned(long a, long b, long c) {
    long larger = Long.compareUnsigned(a, b) >= 0 ? a : b;
    return Long.compareUnsigned(larger, c) >= 0 ? larger : c;
  }

  private static Bytes encode(long value) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private long decode(Bytes stored) {
    if (stored.size() != Long.BYTES) {
      throw failure(
          "its key holds %d bytes instead of 8: %s".formatted(stored.size(), stored.toHex()));
    }
    return stored.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private ServiceException failure(String reason) {
    return ServiceException.unexpected("Sequence %s (key %s): %s".formatted(name, key, reason));
  }
}
