package io.metasrv.application.options;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code [grpc]}: the port nodes and clients connect to.
 *
 * @param bindAddr {@code host:port} to listen on
 * @param serverAddr advertised address, also the id of this metasrv; empty: to be detected
 * @param maxRecvMessageSize largest message taken
 * @param maxSendMessageSize largest message sent
 * @param http2KeepAliveInterval server-side ping interval
 * @param http2KeepAliveTimeout how long a ping may stay unanswered
 * @param runtimeSize accepted, without effect
 * @param flightCompression accepted, without effect
 * @param tls TLS of the port; ignored by the reference, works here
 * @param maxConnectionAge after that long a connection is asked to go and come back; ignored by the
 *     reference, works here
 */
public record GrpcOptions(
    String bindAddr,
    String serverAddr,
    ByteSize maxRecvMessageSize,
    ByteSize maxSendMessageSize,
    Duration http2KeepAliveInterval,
    Duration http2KeepAliveTimeout,
    int runtimeSize,
    FlightCompression flightCompression,
    TlsOptions tls,
    Optional<Duration> maxConnectionAge) {

  /** Values of {@code grpc.flight_compression}. */
  public enum FlightCompression {
    NONE,
    TRANSPORT,
    ARROW_IPC,
    ALL
  }

  /** The reference's defaults. */
  public static GrpcOptions defaults() {
    return new GrpcOptions(
        "127.0.0.1:3002",
        "",
        ByteSize.mebibytes(512),
        ByteSize.mebibytes(512),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        8,
        FlightCompression.ARROW_IPC,
        TlsOptions.portDefaults(),
        Optional.empty());
  }

  /** The same on another port. */
  public GrpcOptions withBindAddr(String newBindAddr) {
    return new GrpcOptions(
        newBindAddr,
        serverAddr,
        maxRecvMessageSize,
        maxSendMessageSize,
        http2KeepAliveInterval,
        http2KeepAliveTimeout,
        runtimeSize,
        flightCompression,
        tls,
        maxConnectionAge);
  }

  /** The same under another name. */
  public GrpcOptions withServerAddr(String newServerAddr) {
    return new GrpcOptions(
        bindAddr,
        newServerAddr,
        maxRecvMessageSize,
        maxSendMessageSize,
        http2KeepAliveInterval,
        http2KeepAliveTimeout,
        runtimeSize,
        flightCompression,
        tls,
        maxConnectionAge);
  }

  /** The same with other limits. */
  public GrpcOptions withMessageSizes(ByteSize recv, ByteSize send) {
    return new GrpcOptions(
        bindAddr,
        serverAddr,
        recv,
        send,
        http2KeepAliveInterval,
        http2KeepAliveTimeout,
        runtimeSize,
        flightCompression,
        tls,
        maxConnectionAge);
  }

  /** The same with other TLS options. */
  public GrpcOptions withTls(TlsOptions newTls) {
    return new GrpcOptions(
        bindAddr,
        serverAddr,
        maxRecvMessageSize,
        maxSendMessageSize,
        http2KeepAliveInterval,
        http2KeepAliveTimeout,
        runtimeSize,
        flightCompression,
        newTls,
        maxConnectionAge);
  }
}
