package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that sends HTTP/2 frames one by one and keeps every frame it gets. */
final class RawHttp2Client implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Http2FrameCodec codec;
  private final Recorder recorder = new Recorder();
  private final Channel channel;
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final List<Frame> seen = new CopyOnWriteArrayList<>();

  /** A frame that arrived, reduced to what tests look at. */
  record Frame(String kind, int stream, String detail, byte[] data, boolean end) {
    @Override
    public String toString() {
      return kind + " on " + stream + (end ? " (end)" : "") + ": " + detail;
    }
  }

  RawHttp2Client(int port) {
    this(port, true);
  }

  /** A client that does not answer pings. */
  static RawHttp2Client deaf(int port) {
    return new RawHttp2Client(port, false);
  }

  private RawHttp2Client(int port, boolean answersPings) {
    codec = Http2FrameCodecBuilder.forClient().autoAckPingFrame(answersPings).build();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened.pipeline().addLast(codec, recorder);
                  }
                });
    channel = bootstrap.connect("127.0.0.1", port).syncUninterruptibly().channel();
  }

  /** Opens a call and leaves the client's side open. Extra headers as name, value, name, value. */
  Http2FrameStream open(String path, String... extra) {
    Http2FrameStream stream = recorder.newStream();
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .path(path)
            .authority("metasrv")
            .set("content-type", "application/grpc")
            .set("te", "trailers");
    for (int i = 0; i < extra.length; i += 2) {
      headers.set(extra[i], extra[i + 1]);
    }
    done(channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers, false).stream(stream)));
    return stream;
  }

  /** Sends a gRPC message: the five-byte prefix and the body. */
  void message(Http2FrameStream stream, boolean compressed, byte[] body, boolean end) {
    ByteBuf frame = Unpooled.buffer(5 + body.length);
    frame.writeByte(compressed ? 1 : 0).writeInt(body.length).writeBytes(body);
    data(stream, frame, end);
  }

  /** A server that refuses a call by its headers may have ended the stream by now: it may. */
  void data(Http2FrameStream stream, ByteBuf bytes, boolean end) {
    ChannelFuture write =
        channel.writeAndFlush(new DefaultHttp2DataFrame(bytes, end).stream(stream));
    write.awaitUninterruptibly();
    if (stream.state() != Http2Stream.State.CLOSED) {
      done(write);
    }
  }

  /** Whether a message could still be sent on the stream. */
  boolean canSend(Http2FrameStream stream) {
    ChannelFuture write =
        channel.writeAndFlush(
            new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[5]), false).stream(stream));
    return write.awaitUninterruptibly().isSuccess();
  }

  void ping(long content) {
    done(channel.writeAndFlush(new DefaultHttp2PingFrame(content)));
  }

  private static void done(ChannelFuture write) {
    write.syncUninterruptibly();
  }

  boolean isConnected() {
    return channel.isActive();
  }

  /** The next frame of a kind: headers, data, reset, goaway, ping-ack, closed. */
  Frame await(String kind) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      Frame frame = frames.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (frame == null) {
        throw new AssertionError("no " + kind + " arrived; what did: " + seen);
      }
      if (frame.kind().equals(kind)) {
        return frame;
      }
    }
  }

  /** The last headers of a call. */
  String trailers() throws InterruptedException {
    while (true) {
      Frame headers = await("headers");
      if (headers.end()) {
        return headers.detail();
      }
    }
  }

  /** Makes another call on this connection, which has to succeed. */
  void assertStillServing() throws InterruptedException {
    Http2FrameStream stream = open("/greptime.v1.meta.Config/PullConfig");
    message(stream, false, new byte[0], true);
    Frame headers;
    do {
      headers = await("headers");
    } while (headers.stream() != stream.id() || !headers.end());
    assertThat(headers.detail()).contains("grpc-status: 0");
  }

  /** Compressed as the Rust client does: streaming, without the content's size. */
  static byte[] zstd(byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream stream = new ZstdOutputStream(out)) {
      stream.write(message);
    }
    return out.toByteArray();
  }

  /** Everything that arrived so far. */
  List<Frame> seen() {
    return seen;
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Recorder extends Http2ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        Frame frame = frameOf(context, message);
        if (frame != null) {
          keep(frame);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private @Nullable Frame frameOf(ChannelHandlerContext context, Object message) {
      return switch (message) {
        case Http2HeadersFrame headers ->
            new Frame(
                "headers",
                headers.stream().id(),
                headers.headers().toString(),
                new byte[0],
                headers.isEndStream());
        case Http2DataFrame data -> {
          byte[] bytes = ByteBufUtil.getBytes(data.content());
          var _ =
              context.write(
                  new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
                      .stream(data.stream()));
          yield new Frame(
              "data", data.stream().id(), bytes.length + " bytes", bytes, data.isEndStream());
        }
        case Http2ResetFrame reset ->
            new Frame("reset", reset.stream().id(), "code " + reset.errorCode(), new byte[0], true);
        case Http2GoAwayFrame goAway ->
            new Frame("goaway", 0, "code " + goAway.errorCode(), new byte[0], true);
        case Http2PingFrame ping ->
            new Frame(ping.ack() ? "ping-ack" : "ping", 0, "" + ping.content(), new byte[0], false);
        default -> null;
      };
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      keep(new Frame("closed", 0, "", new byte[0], true));
    }

    private void keep(Frame frame) {
      seen.add(frame);
      frames.add(frame);
    }
  }
}
