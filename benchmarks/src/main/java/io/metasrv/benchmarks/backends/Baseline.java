package io.metasrv.benchmarks.backends;

import java.util.List;

/**
 * What somebody would write who knows a backend's library well and needs just this operation, with
 * the guarantees of the port: acknowledged writes are durable, an operation is atomic, reads see
 * every write acknowledged before. For many threads at once.
 */
interface Baseline extends AutoCloseable {

  /** A key and its value. */
  record Pair(byte[] key, byte[] value) {}

  /** Writes one pair, whatever is there. */
  void put(byte[] key, byte[] value) throws Exception;

  /** Reads one key that is there. */
  byte[] get(byte[] key) throws Exception;

  /** Writes all pairs or none. */
  void putAll(List<Pair> pairs) throws Exception;

  /** Reads keys at one moment; how many were there. */
  int getAll(List<byte[]> keys) throws Exception;

  /**
   * Replaces a value.
   *
   * @return the expected value if it was replaced, otherwise the one that is there
   */
  byte[] replace(byte[] key, byte[] expected, byte[] value) throws Exception;

  /** Reads the pairs from the first key to before the second, ascending; how many there are. */
  int range(byte[] from, byte[] to) throws Exception;

  /**
   * Writes the value under all keys if each has the expected one.
   *
   * @return whether it did
   */
  boolean replaceAll(List<byte[]> keys, byte[] expected, byte[] value) throws Exception;

  @Override
  void close() throws Exception;
}
