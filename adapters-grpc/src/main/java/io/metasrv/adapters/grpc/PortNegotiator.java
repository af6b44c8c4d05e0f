package io.metasrv.adapters.grpc;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;
import java.util.function.Supplier;

/**
 * Decides, for grpc-java, what becomes of a new connection: gRPC, legacy HTTP/1.1, TLS first or
 * not.
 *
 * <p>grpc-java lets only this seam hold a connection back until its first bytes are known; the seam
 * is public but marked internal, so an upgrade of grpc-java may break this class, and nothing else.
 */
final class PortNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {

  private static final AsciiString SCHEME = AsciiString.of("http");

  private final PortTls tls;
  private final int maxReceiveBytes;
  private final PortCertificates certificates;
  private final Supplier<ChannelHandler> http1;
  private final InternalProtocolNegotiator.ProtocolNegotiator grpc =
      InternalProtocolNegotiators.serverPlaintext();

  /**
   * @param maxReceiveBytes largest message taken
   * @param http1 makes the handler of one connection's HTTP/1.1 requests
   */
  PortNegotiator(
      PortTls tls,
      PortCertificates certificates,
      int maxReceiveBytes,
      Supplier<ChannelHandler> http1) {
    this.tls = tls;
    this.maxReceiveBytes = maxReceiveBytes;
    this.certificates = certificates;
    this.http1 = http1;
  }

  @Override
  public AsciiString scheme() {
    return SCHEME;
  }

  @Override
  public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpcHandler) {
    return new FirstBytes(this, grpcHandler, false);
  }

  PortTls tls() {
    return tls;
  }

  PortCertificates certificates() {
    return certificates;
  }

  int maxReceiveBytes() {
    return maxReceiveBytes;
  }

  /** What turns a connection over to gRPC, once its first bytes are known to be HTTP/2. */
  ChannelHandler grpc(GrpcHttp2ConnectionHandler grpcHandler) {
    return grpc.newHandler(grpcHandler);
  }

  ChannelHandler http1() {
    return http1.get();
  }

  @Override
  public void close() {
    grpc.close();
  }
}
