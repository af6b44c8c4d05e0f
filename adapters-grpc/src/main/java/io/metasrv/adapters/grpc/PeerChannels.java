package io.metasrv.adapters.grpc;

import io.grpc.ManagedChannel;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.grpc.ChannelSettings;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Channels by address, opened with the first call and dropped when unused. Thread-safe. */
final class PeerChannels implements AutoCloseable {

  /** Sheet 01 §13.2. */
  private static final Duration UNUSED_FOR = Duration.ofSeconds(60);

  private final ChannelSettings settings;
  private final Runtime runtime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Pooled> channels = new TreeMap<>();

  PeerChannels(ChannelSettings settings, Runtime runtime) {
    this.settings = settings;
    this.runtime = runtime;
  }

  private record Pooled(ManagedChannel channel, MonotonicTime lastUse) {}

  /** The channel to an address. */
  ManagedChannel to(String address) {
    MonotonicTime now = runtime.monotonic();
    lock.lock();
    try {
      dropUnused(now, address);
      Pooled pooled = channels.get(address);
      ManagedChannel channel = pooled == null ? open(address) : pooled.channel();
      channels.put(address, new Pooled(channel, now));
      return channel;
    } finally {
      lock.unlock();
    }
  }

  private ManagedChannel open(String address) {
    return settings
        .builder(address)
        .executor(command -> runtime.start("call to " + address, command::run))
        .build();
  }

  private void dropUnused(MonotonicTime now, String exceptFor) {
    Iterator<Map.Entry<String, Pooled>> entries = channels.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Pooled> entry = entries.next();
      Duration unused = now.since(entry.getValue().lastUse());
      if (!entry.getKey().equals(exceptFor) && unused.compareTo(UNUSED_FOR) > 0) {
        entry.getValue().channel().shutdown();
        entries.remove();
      }
    }
  }

  /**
   * Forgets a channel that could not reach its address, so that the next call connects afresh
   * instead of waiting out grpc-java's growing pauses. Calls under way on it go on.
   */
  void forget(String address, ManagedChannel channel) {
    lock.lock();
    try {
      Pooled pooled = channels.get(address);
      if (pooled != null && pooled.channel() == channel) {
        channels.remove(address);
        channel.shutdown();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      channels.values().forEach(pooled -> pooled.channel().shutdownNow());
      channels.clear();
    } finally {
      lock.unlock();
    }
  }
}
