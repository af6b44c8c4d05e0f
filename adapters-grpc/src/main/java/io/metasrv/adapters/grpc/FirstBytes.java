package io.metasrv.adapters.grpc;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the first bytes of a connection and makes way for whoever they are meant for: a TLS
 * record for the TLS handler (and then once more within), the preface of HTTP/2 for gRPC, anything
 * else for HTTP/1.1.
 *
 * <p>Until it has decided nothing is sent: a server's HTTP/2 settings would confuse an HTTP/1.1
 * client. A connection that says nothing is closed by grpc-java's handshake limit (two minutes).
 */
final class FirstBytes extends ByteToMessageDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(FirstBytes.class);

  // No method of HTTP/1.1 starts like the preface of HTTP/2, and no ASCII letter is a TLS record.
  private static final byte[] HTTP2 = "PRI".getBytes(StandardCharsets.US_ASCII);
  private static final int TLS_HANDSHAKE_RECORD = 22;

  /** Legacy admin requests have no body worth the name. */
  private static final int MAX_HTTP1_BODY_BYTES = 64 << 10;

  private final PortNegotiator port;
  private final GrpcHttp2ConnectionHandler grpcHandler;
  private final boolean secured;

  /**
   * @param secured whether these bytes come out of a TLS connection already
   */
  FirstBytes(PortNegotiator port, GrpcHttp2ConnectionHandler grpcHandler, boolean secured) {
    this.port = port;
    this.grpcHandler = grpcHandler;
    this.secured = secured;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HTTP2.length) {
      return;
    }
    int start = in.readerIndex();
    if (!secured && in.getByte(start) == TLS_HANDSHAKE_RECORD) {
      turnToTls(context, in);
    } else if (!secured && !port.tls().allowsPlaintext()) {
      refuse(context, in, "it speaks plain text, and grpc.tls.mode allows TLS only");
    } else if (startsLikeHttp2(in)) {
      turnToGrpc(context);
    } else {
      turnToHttp1(context);
    }
  }

  private static boolean startsLikeHttp2(ByteBuf in) {
    for (int i = 0; i < HTTP2.length; i++) {
      if (in.getByte(in.readerIndex() + i) != HTTP2[i]) {
        return false;
      }
    }
    return true;
  }

  private void turnToTls(ChannelHandlerContext context, ByteBuf in) {
    Optional<SslContext> tls = port.certificates().current();
    if (tls.isEmpty()) {
      refuse(context, in, "it speaks TLS, and grpc.tls.mode is disable");
      return;
    }
    SslHandler handler = tls.get().newHandler(context.alloc());
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addAfter(context.name(), null, new FirstBytes(port, grpcHandler, true));
    pipeline.replace(this, null, handler);
  }

  private void turnToGrpc(ChannelHandlerContext context) {
    // Before the first frame is decoded, so that no stream is missed.
    grpcHandler.connection().addListener(new HalfClosedStreamReset(grpcHandler, context.channel()));
    MessageLengthLimit.watch(grpcHandler, port.maxReceiveBytes());
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addAfter(context.name(), null, port.grpc(grpcHandler));
    // grpc-java's handlers wait for this event; the one fired at the start came before them.
    context.fireUserEventTriggered(InternalProtocolNegotiationEvent.getDefault());
    pipeline.remove(this);
  }

  private void turnToHttp1(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addAfter(context.name(), null, port.http1());
    pipeline.addAfter(context.name(), null, new HttpObjectAggregator(MAX_HTTP1_BODY_BYTES));
    pipeline.addAfter(context.name(), null, new HttpServerCodec());
    pipeline.remove(this);
  }

  private static void refuse(ChannelHandlerContext context, ByteBuf in, String reason) {
    LOG.warn("Connection of {} refused: {}", context.channel().remoteAddress(), reason);
    in.skipBytes(in.readableBytes());
    var _ = context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException && cause.getCause() instanceof SSLException tls) {
      LOG.warn("TLS with {} failed: {}", context.channel().remoteAddress(), String.valueOf(tls));
      var _ = context.close();
    } else {
      context.fireExceptionCaught(cause);
    }
  }
}
