package io.metasrv.adapters.embedded;

import io.metasrv.application.port.KeyValueStore;
import java.time.Duration;

/**
 * How an embedded store uses the machine. The defaults suit metadata: up to a few gigabytes, read
 * mostly from memory, written in small transactions.
 *
 * @param blockCacheBytes memory for blocks read from files
 * @param writeBufferBytes memory for writes not yet in a sorted file; also how much log a start has
 *     to replay at most, roughly
 * @param readerThreads platform threads for reads that touch the disk or many keys, at least 1
 * @param maxValueBytes most bytes a value may have, at least {@link
 *     KeyValueStore#MIN_MAX_VALUE_BYTES}
 * @param callTimeout longest wait for the disk, positive. After it a read is unavailable and a
 *     write of unknown outcome; the disk may still finish it
 * @param damagedLog what to do about a damaged write-ahead log
 */
public record EmbeddedOptions(
    long blockCacheBytes,
    long writeBufferBytes,
    int readerThreads,
    int maxValueBytes,
    Duration callTimeout,
    DamagedLog damagedLog) {

  private static final int MIB = 1 << 20;

  /** 32 MiB of block cache, 16 MiB of write buffer, 2 readers, values up to 64 MiB, 60 s. */
  public static final EmbeddedOptions DEFAULT =
      new EmbeddedOptions(
          32L * MIB, 16L * MIB, 2, 64 * MIB, Duration.ofSeconds(60), DamagedLog.REFUSE);

  public EmbeddedOptions {
    requireAtLeast("block cache bytes", blockCacheBytes, MIB);
    requireAtLeast("write buffer bytes", writeBufferBytes, MIB);
    requireAtLeast("reader threads", readerThreads, 1);
    requireAtLeast("max value bytes", maxValueBytes, KeyValueStore.MIN_MAX_VALUE_BYTES);
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException(
          "call timeout of the embedded store must be positive: " + callTimeout);
    }
  }

  private static void requireAtLeast(String what, long given, long least) {
    if (given < least) {
      throw new IllegalArgumentException(
          "%s of the embedded store must be at least %d: %d".formatted(what, least, given));
    }
  }

  /** The same with another wait for the disk. */
  public EmbeddedOptions withCallTimeout(Duration timeout) {
    return new EmbeddedOptions(
        blockCacheBytes, writeBufferBytes, readerThreads, maxValueBytes, timeout, damagedLog);
  }

  /** The same with another answer to a damaged log. */
  public EmbeddedOptions withDamagedLog(DamagedLog choice) {
    return new EmbeddedOptions(
        blockCacheBytes, writeBufferBytes, readerThreads, maxValueBytes, callTimeout, choice);
  }
}
