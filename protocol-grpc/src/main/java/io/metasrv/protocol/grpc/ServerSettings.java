package io.metasrv.protocol.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What every server of the wire has in common: the metasrv's port and those of the doubles.
 *
 * @param maxReceiveBytes largest message taken, as it is on the wire and inflated
 * @param keepAliveInterval silence after which a connection is pinged
 * @param keepAliveTimeout how long a ping may stay unanswered
 */
public record ServerSettings(
    int maxReceiveBytes, Duration keepAliveInterval, Duration keepAliveTimeout) {

  /** The reference's defaults. */
  public static ServerSettings defaults() {
    return new ServerSettings(
        WireDefaults.MAX_MESSAGE_BYTES,
        WireDefaults.SERVER_KEEP_ALIVE_INTERVAL,
        WireDefaults.SERVER_KEEP_ALIVE_TIMEOUT);
  }

  /**
   * Applies the settings. Clients may ping as often as they like, with or without calls: the
   * reference sets no limit, and grpc-java's own (5 minutes) cuts off every Rust client after its
   * third ping (sheet 01 §16).
   */
  public NettyServerBuilder applyTo(NettyServerBuilder builder) {
    return builder
        .maxInboundMessageSize(maxReceiveBytes)
        .keepAliveTime(keepAliveInterval.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(keepAliveTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(0, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true)
        .withChildOption(ChannelOption.TCP_NODELAY, true)
        .compressorRegistry(MessageEncodings.compressors())
        .decompressorRegistry(MessageEncodings.decompressors());
  }
}
