package io.metasrv.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ChannelSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** One lazy channel an address. Thread-safe. */
final class Channels implements AutoCloseable {

  private static final long CLOSE_SECONDS = 2;

  private final ChannelSettings settings;
  private final UnaryOperator<NettyChannelBuilder> change;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ManagedChannel> byAddress = new TreeMap<>();
  private boolean closed;

  Channels(ChannelSettings settings, UnaryOperator<NettyChannelBuilder> change) {
    this.settings = settings;
    this.change = change;
  }

  ManagedChannel to(String address) {
    lock.lock();
    try {
      if (closed) {
        throw new MetaClientException(
            MetaClientException.Reason.CLOSED,
            StatusCode.CANCELLED,
            "The meta client is closed; no call to " + address);
      }
      return byAddress.computeIfAbsent(address, this::open);
    } finally {
      lock.unlock();
    }
  }

  private ManagedChannel open(String address) {
    return change.apply(settings.builder(address)).build();
  }

  /**
   * Forgets the channel, so that the next call connects anew: behind a virtual address another
   * server may answer. Calls under way go on. A channel that has taken its place stays: it is not
   * the one that failed.
   */
  void drop(String address, ManagedChannel failed) {
    lock.lock();
    try {
      byAddress.remove(address, failed);
    } finally {
      lock.unlock();
    }
    failed.shutdown();
  }

  /** Ends all calls and closes all channels. */
  @Override
  public void close() {
    List<ManagedChannel> open;
    lock.lock();
    try {
      closed = true;
      open = List.copyOf(byAddress.values());
      byAddress.clear();
    } finally {
      lock.unlock();
    }
    open.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : open) {
        // Not ended in time: its threads are daemons of grpc's shared pool, nothing leaks.
        boolean ended = channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
