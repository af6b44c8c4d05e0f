package io.metasrv.application.store;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The content of a {@link LeaderCache}, and what keeps it from ever being stale: every write and
 * every fill is announced before it goes to the store and ended after it came back. A key is not
 * put in by a fill that a write to that key overlapped, nor while such a write is under way.
 * Thread-safe.
 */
final class CacheEntries {

  /** Beyond this many writes of unknown outcome the cache is more trouble than help. */
  private static final int MOST_BARRED = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Bytes, Bytes> entries = new TreeMap<>();
  private final List<Touch> writing = new ArrayList<>();
  private final List<Touch> barred = new ArrayList<>();
  private final List<Fill> filling = new ArrayList<>();
  private boolean usable;

  /** From now on {@link #look} finds what is there. */
  void use() {
    lock.lock();
    try {
      usable = true;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything and finds nothing until {@link #use()} is called again. */
  void stopUsing() {
    lock.lock();
    try {
      usable = false;
      forget(Touch.everything());
    } finally {
      lock.unlock();
    }
  }

  /** Looks keys up and announces a fill of those that are not there, in one step. */
  Look look(List<Bytes> keys) {
    lock.lock();
    try {
      Map<Bytes, Bytes> found = new HashMap<>();
      if (usable) {
        for (Bytes key : keys) {
          Bytes value = entries.get(key);
          if (value != null) {
            found.put(key, value);
          }
        }
      }
      return new Look(found, beginFill());
    } finally {
      lock.unlock();
    }
  }

  /** Announces a fill; {@link #endFill} must follow. */
  Fill beginFill() {
    lock.lock();
    try {
      Fill fill = new Fill();
      filling.add(fill);
      return fill;
    } finally {
      lock.unlock();
    }
  }

  /** Puts in what the fill read, as far as no write came between. */
  void put(Fill fill, List<KeyValue> read) {
    lock.lock();
    try {
      for (KeyValue kv : read) {
        if (!fill.isOvertaken(kv.key())
            && !covers(writing, kv.key())
            && !covers(barred, kv.key())) {
          entries.put(kv.key(), kv.value());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether any of the keys was written since the fill began. */
  boolean isOvertaken(Fill fill, Set<Bytes> keys) {
    lock.lock();
    try {
      return keys.stream().anyMatch(fill::isOvertaken);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a fill, whether or not it came to a result. */
  void endFill(Fill fill) {
    lock.lock();
    try {
      filling.remove(fill);
    } finally {
      lock.unlock();
    }
  }

  /** Announces a write; {@link #endWrite} must follow. */
  void beginWrite(Touch touch) {
    lock.lock();
    try {
      writing.add(touch);
      forget(touch);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a write.
   *
   * @param mayStillHappen whether its outcome is unknown, so that it could take effect at any later
   *     moment: what it touches is never cached again
   */
  void endWrite(Touch touch, boolean mayStillHappen) {
    lock.lock();
    try {
      writing.remove(touch);
      forget(touch);
      if (mayStillHappen) {
        barred.add(barred.size() < MOST_BARRED ? touch : Touch.everything());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what somebody else has written. */
  void invalidate(Touch touch) {
    lock.lock();
    try {
      forget(touch);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  private void forget(Touch touch) {
    touch.keys().forEach(entries::remove);
    for (KeyRange range : touch.ranges()) {
      if (!range.isEmpty()) {
        range
            .end()
            .map(end -> entries.subMap(range.start(), end))
            .orElseGet(() -> entries.tailMap(range.start()))
            .clear();
      }
    }
    filling.forEach(fill -> fill.overtakenBy.add(touch));
  }

  private static boolean covers(List<Touch> touches, Bytes key) {
    return touches.stream().anyMatch(touch -> touch.covers(key));
  }

  /** What a write may change. Compared by identity: two writes of one key are two. */
  static final class Touch {

    private final Set<Bytes> keys;
    private final List<KeyRange> ranges;

    private Touch(Set<Bytes> keys, List<KeyRange> ranges) {
      this.keys = keys;
      this.ranges = ranges;
    }

    static Touch keys(Set<Bytes> keys) {
      return new Touch(keys, List.of());
    }

    static Touch range(KeyRange range) {
      return new Touch(Set.of(), List.of(range));
    }

    static Touch everything() {
      return range(KeyRange.all());
    }

    Set<Bytes> keys() {
      return keys;
    }

    List<KeyRange> ranges() {
      return ranges;
    }

    boolean covers(Bytes key) {
      return keys.contains(key) || ranges.stream().anyMatch(range -> range.contains(key));
    }
  }

  /** A read that is under way and may put its result in; guarded by the lock. */
  static final class Fill {
    private final List<Touch> overtakenBy = new ArrayList<>();

    private boolean isOvertaken(Bytes key) {
      return CacheEntries.covers(overtakenBy, key);
    }
  }

  /**
   * What was found, and the fill for the rest.
   *
   * @param found values by key; not iterated
   */
  record Look(Map<Bytes, Bytes> found, Fill fill) {}
}
