package io.metasrv.bootstrap.e2e;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One gRPC call whose request message is any number of zero bytes, each frame written only after
 * the one before has left: however large it is, it takes no memory here.
 */
final class RawCall implements AutoCloseable {

  private static final int FRAME = 16 << 10;
  private static final long PATIENCE_SECONDS = 60;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<String> trailers = new CompletableFuture<>();
  private final Conversation conversation = new Conversation();
  private final Channel channel;

  /**
   * @param address {@code host:port}
   */
  RawCall(String address) {
    int colon = address.lastIndexOf(':');
    Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().build();
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened.pipeline().addLast(codec, conversation);
                  }
                })
            .connect(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))
            .syncUninterruptibly()
            .channel();
  }

  /** Sends a message of that many bytes, or as much of it as the server takes. */
  void send(String path, int bytes) {
    Http2FrameStream stream = conversation.newStream();
    DefaultHttp2Headers headers = new DefaultHttp2Headers();
    headers.method("POST").scheme("http").path(path).authority("metasrv");
    headers.set("content-type", "application/grpc").set("te", "trailers");
    boolean taken =
        write(new DefaultHttp2HeadersFrame(headers, false).stream(stream))
            && write(frame(stream, Unpooled.buffer(5).writeByte(0).writeInt(bytes), false));
    for (int left = bytes; taken && left > 0 && !trailers.isDone(); left -= FRAME) {
      int length = Math.min(left, FRAME);
      taken = write(frame(stream, Unpooled.buffer(length).writeZero(length), left == length));
    }
  }

  private static Object frame(Http2FrameStream stream, ByteBuf bytes, boolean last) {
    return new DefaultHttp2DataFrame(bytes, last).stream(stream);
  }

  private boolean write(Object frame) {
    var written = channel.writeAndFlush(frame);
    boolean inTime = written.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return inTime && written.isSuccess();
  }

  /** The last headers of the answer. */
  String trailers() {
    return trailers.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Takes what comes; only the last headers are of interest. */
  private final class Conversation extends Http2ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame headers && headers.isEndStream()) {
        trailers.complete(headers.headers().toString());
      }
      ReferenceCountUtil.release(message);
    }
  }
}
