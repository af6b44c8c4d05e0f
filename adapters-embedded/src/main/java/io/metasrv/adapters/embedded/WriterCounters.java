package io.metasrv.adapters.embedded;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the writer does: written by the writer only, read by anyone. */
final class WriterCounters {

  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong groups = new AtomicLong();
  private final AtomicLong syncs = new AtomicLong();
  private final AtomicLong largestGroup = new AtomicLong();
  private final AtomicLong writtenBytes = new AtomicLong();

  void grouped(int size) {
    requests.addAndGet(size);
    groups.incrementAndGet();
    largestGroup.accumulateAndGet(size, Math::max);
  }

  void synced(long bytes) {
    syncs.incrementAndGet();
    writtenBytes.addAndGet(bytes);
  }

  EmbeddedStoreStats stats() {
    return new EmbeddedStoreStats(
        requests.get(), groups.get(), syncs.get(), largestGroup.get(), writtenBytes.get());
  }
}
