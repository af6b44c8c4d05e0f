package io.metasrv.adapters.grpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Resets a stream that this server has ended while the client still has its own side open.
 *
 * <p>Without it a Rust datanode never notices: its sends go on succeeding into a stream nobody
 * reads, and it never looks for the new leader (measured, sheet 01 §16.2). HTTP/2 provides for it:
 * a server that has sent a whole response may reset the stream with {@code NO_ERROR} (RFC 9113
 * §8.1). Unary calls do not come by here, since their client closes its side first.
 *
 * <p>Belongs to one connection; all calls come on its event loop.
 */
final class HalfClosedStreamReset extends Http2ConnectionAdapter {

  private final Http2ConnectionHandler handler;
  private final Channel channel;

  HalfClosedStreamReset(Http2ConnectionHandler handler, Channel channel) {
    this.handler = handler;
    this.channel = channel;
  }

  @Override
  public void onStreamHalfClosed(Http2Stream stream) {
    if (stream.state() != Http2Stream.State.HALF_CLOSED_LOCAL) {
      return;
    }
    // Told while the trailers are being written: the reset has to follow them.
    channel.eventLoop().execute(() -> reset(stream));
  }

  private void reset(Http2Stream stream) {
    ChannelHandlerContext http2 = channel.pipeline().context(handler);
    if (http2 == null || stream.state() != Http2Stream.State.HALF_CLOSED_LOCAL) {
      return;
    }
    var _ = handler.resetStream(http2, stream.id(), Http2Error.NO_ERROR.code(), http2.newPromise());
    http2.flush();
  }
}
