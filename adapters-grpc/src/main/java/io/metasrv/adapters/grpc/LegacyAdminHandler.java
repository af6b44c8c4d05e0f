package io.metasrv.adapters.grpc;

import io.metasrv.application.port.Runtime;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the HTTP/1.1 request of one connection on a task, then closes the connection: few calls
 * come this way, and grpc-java would cut a connection it never took over after two minutes anyway.
 */
final class LegacyAdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(LegacyAdminHandler.class);

  private final LegacyAdmin admin;
  private final Runtime runtime;

  LegacyAdminHandler(LegacyAdmin admin, Runtime runtime) {
    this.admin = admin;
    this.runtime = runtime;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      send(context, new LegacyAdmin.Reply(400, "", "", ""), false);
      return;
    }
    HttpMethod method = request.method();
    String uri = request.uri();
    runtime.start(
        "admin " + method + " " + uri,
        () -> send(context, admin.answer(method.name(), uri), HttpMethod.HEAD.equals(method)));
  }

  private static void send(ChannelHandlerContext context, LegacyAdmin.Reply reply, boolean head) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!reply.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    }
    if (!reply.grpcStatus().isEmpty()) {
      response.headers().set("grpc-status", reply.grpcStatus());
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("HTTP/1.1 connection of {} failed", context.channel().remoteAddress(), cause);
    var _ = context.close();
  }
}
