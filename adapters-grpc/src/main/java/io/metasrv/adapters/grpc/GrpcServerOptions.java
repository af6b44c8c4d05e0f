package io.metasrv.adapters.grpc;

import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.grpc.WireDefaults;
import java.time.Duration;
import java.util.Optional;

/**
 * How the port is set up: the part of {@code [grpc]} that concerns the server (sheet 02 §18).
 *
 * @param bindAddress {@code host:port} to listen on; port 0 takes any free one
 * @param serverAddress advertised address, named in the status of a stream that ends with the
 *     process
 * @param transport limits and pings shared with every server of the wire
 * @param maxSendBytes largest message sent, before compression
 * @param tls TLS of the port
 * @param maxConnectionAge after that long a connection is asked to go and come back; empty: never
 */
public record GrpcServerOptions(
    String bindAddress,
    String serverAddress,
    ServerSettings transport,
    int maxSendBytes,
    PortTls tls,
    Optional<Duration> maxConnectionAge) {

  /** The reference's defaults on an address. */
  public static GrpcServerOptions on(String bindAddress, String serverAddress) {
    return new GrpcServerOptions(
        bindAddress,
        serverAddress,
        ServerSettings.defaults(),
        WireDefaults.MAX_MESSAGE_BYTES,
        PortTls.disabled(),
        Optional.empty());
  }

  /** The same with other limits and pings. */
  public GrpcServerOptions withTransport(ServerSettings newTransport) {
    return new GrpcServerOptions(
        bindAddress, serverAddress, newTransport, maxSendBytes, tls, maxConnectionAge);
  }

  /** The same with another limit for what is sent. */
  public GrpcServerOptions withMaxSendBytes(int bytes) {
    return new GrpcServerOptions(
        bindAddress, serverAddress, transport, bytes, tls, maxConnectionAge);
  }

  /** The same with TLS. */
  public GrpcServerOptions withTls(PortTls newTls) {
    return new GrpcServerOptions(
        bindAddress, serverAddress, transport, maxSendBytes, newTls, maxConnectionAge);
  }
}
