package io.metasrv.protocol.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * How a channel to a metasrv, datanode, flownode or frontend behaves.
 *
 * @param connectTimeout how long one attempt to connect may take
 * @param keepAliveInterval silence after which the connection is pinged, with or without calls
 * @param keepAliveTimeout how long a ping may stay unanswered
 * @param maxMessageBytes largest message taken, as it is on the wire and inflated
 * @param requestEncoding name of the encoding of requests
 * @param acceptCompressed whether answers may be compressed
 * @param tls empty: plain text
 */
public record ChannelSettings(
    Duration connectTimeout,
    Duration keepAliveInterval,
    Duration keepAliveTimeout,
    int maxMessageBytes,
    String requestEncoding,
    boolean acceptCompressed,
    Optional<ClientTls> tls) {

  public ChannelSettings {
    if (!MessageEncodings.isKnown(requestEncoding)) {
      throw new IllegalArgumentException(
          "unknown encoding " + requestEncoding + "; known are " + MessageEncodings.ACCEPTED);
    }
  }

  /** The reference's base channel: zstd both ways, pings every 30 s, plain text. */
  public static ChannelSettings defaults() {
    return new ChannelSettings(
        WireDefaults.CONNECT_TIMEOUT,
        WireDefaults.CLIENT_KEEP_ALIVE_INTERVAL,
        WireDefaults.CLIENT_KEEP_ALIVE_TIMEOUT,
        WireDefaults.MAX_MESSAGE_BYTES,
        MessageEncodings.ZSTD,
        true,
        Optional.empty());
  }

  /** The reference's channel for heartbeats: pings every 15 s, gives up after 5 s. */
  public static ChannelSettings heartbeat() {
    return defaults()
        .withKeepAlive(
            WireDefaults.HEARTBEAT_KEEP_ALIVE_INTERVAL, WireDefaults.HEARTBEAT_KEEP_ALIVE_TIMEOUT);
  }

  /** The reference's channel to a datanode's region server: nothing compressed either way. */
  public static ChannelSettings uncompressed() {
    return defaults().withEncoding(MessageEncodings.IDENTITY, false);
  }

  /** The same with another connect timeout. */
  public ChannelSettings withConnectTimeout(Duration timeout) {
    return new ChannelSettings(
        timeout,
        keepAliveInterval,
        keepAliveTimeout,
        maxMessageBytes,
        requestEncoding,
        acceptCompressed,
        tls);
  }

  /** The same with other pings. */
  public ChannelSettings withKeepAlive(Duration interval, Duration timeout) {
    return new ChannelSettings(
        connectTimeout, interval, timeout, maxMessageBytes, requestEncoding, acceptCompressed, tls);
  }

  /** The same with another limit. */
  public ChannelSettings withMaxMessageBytes(int bytes) {
    return new ChannelSettings(
        connectTimeout,
        keepAliveInterval,
        keepAliveTimeout,
        bytes,
        requestEncoding,
        acceptCompressed,
        tls);
  }

  /** The same with other encodings. */
  public ChannelSettings withEncoding(String forRequests, boolean acceptCompressedAnswers) {
    return new ChannelSettings(
        connectTimeout,
        keepAliveInterval,
        keepAliveTimeout,
        maxMessageBytes,
        forRequests,
        acceptCompressedAnswers,
        tls);
  }

  /** The same over TLS. */
  public ChannelSettings withTls(ClientTls newTls) {
    return new ChannelSettings(
        connectTimeout,
        keepAliveInterval,
        keepAliveTimeout,
        maxMessageBytes,
        requestEncoding,
        acceptCompressed,
        Optional.of(newTls));
  }

  /**
   * A channel to an address that connects with its first call. The caller shuts it down.
   *
   * @param address {@code host:port}, without a scheme
   * @throws IllegalArgumentException if the TLS files cannot be used
   */
  public NettyChannelBuilder builder(String address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget("dns:///" + address)
            .withOption(ChannelOption.TCP_NODELAY, true)
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
            .keepAliveTime(keepAliveInterval.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(keepAliveTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveWithoutCalls(true)
            .maxInboundMessageSize(maxMessageBytes)
            .compressorRegistry(MessageEncodings.compressors())
            .decompressorRegistry(
                acceptCompressed
                    ? MessageEncodings.decompressors()
                    : MessageEncodings.identityOnly())
            // Retrying is the caller's: a request must not leave twice behind its back.
            .disableRetry();
    if (!requestEncoding.equals(MessageEncodings.IDENTITY)) {
      builder.intercept(new CompressingRequests(requestEncoding));
    }
    return tls.map(secured -> secure(builder, secured)).orElseGet(builder::usePlaintext);
  }

  private static NettyChannelBuilder secure(NettyChannelBuilder builder, ClientTls tls) {
    SslContextBuilder context = GrpcSslContexts.forClient();
    tls.trusted().map(Path::toFile).ifPresent(context::trustManager);
    if (tls.certificate().isPresent() && tls.key().isPresent()) {
      context.keyManager(tls.certificate().get().toFile(), tls.key().get().toFile());
    }
    try {
      return builder.sslContext(context.build()).useTransportSecurity();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "could not set up TLS for outgoing calls with " + tls + "; check these files", e);
    }
  }

  /** Sends every request of a channel in one encoding. */
  private record CompressingRequests(String encoding) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return next.newCall(method, options.withCompression(encoding));
    }
  }
}
