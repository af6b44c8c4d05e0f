package io.metasrv.benchmarks.backends;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A sorted map of the JDK under a lock of the JDK. */
final class MemoryBaseline implements Baseline {

  private final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  @Override
  public void put(byte[] key, byte[] value) {
    lock.writeLock().lock();
    try {
      map.put(key, value);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public byte[] get(byte[] key) {
    lock.readLock().lock();
    try {
      return present(map.get(key));
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void putAll(List<Pair> pairs) {
    lock.writeLock().lock();
    try {
      pairs.forEach(pair -> map.put(pair.key(), pair.value()));
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public int getAll(List<byte[]> keys) {
    List<byte[]> found = new ArrayList<>();
    lock.readLock().lock();
    try {
      keys.forEach(key -> found.add(present(map.get(key))));
    } finally {
      lock.readLock().unlock();
    }
    return found.size();
  }

  @Override
  public byte[] replace(byte[] key, byte[] expected, byte[] value) {
    lock.writeLock().lock();
    try {
      byte[] current = present(map.get(key));
      if (Arrays.equals(current, expected)) {
        map.put(key, value);
      }
      return current;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public int range(byte[] from, byte[] to) {
    lock.readLock().lock();
    try {
      List<Pair> found = new ArrayList<>();
      map.subMap(from, to).forEach((key, value) -> found.add(new Pair(key, value)));
      return found.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public boolean replaceAll(List<byte[]> keys, byte[] expected, byte[] value) {
    lock.writeLock().lock();
    try {
      boolean holds = keys.stream().allMatch(key -> Arrays.equals(map.get(key), expected));
      if (holds) {
        keys.forEach(key -> map.put(key, value));
      }
      return holds;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static byte[] present(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalStateException("the baseline lost a key");
    }
    return value;
  }

  @Override
  public void close() {
    map.clear();
  }
}
