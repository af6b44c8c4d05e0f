package io.metasrv.doubles;

import io.grpc.netty.NettyChannelBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Watches the sockets of one node for what grpc-java hides: whether the other side has reset a
 * stream or lost the connection, rather than only ended its responses. A Rust datanode reconnects
 * upon the former and not upon the latter (sheet 01 §16.2), and so does its double. Thread-safe.
 *
 * <p>Reads plain text only, which is all that nodes of v1.1.4 speak to a metasrv.
 */
final class StreamWatch implements AutoCloseable {

  private static final int HEADER_BYTES = 9;
  private static final int RST_STREAM = 3;
  private static final int GOAWAY = 7;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Integer> gonePorts = ConcurrentHashMap.newKeySet();

  /** Makes a channel's sockets watched ones. */
  NettyChannelBuilder watch(NettyChannelBuilder builder) {
    return builder.eventLoopGroup(loop).channelFactory(this::socket);
  }

  /** Forgets what was seen; called before a new stream is opened. */
  void clear() {
    gonePorts.clear();
  }

  /**
   * Whether a stream was reset, or a connection ended, since {@link #clear()}.
   *
   * @param address {@code host:port} of the other side; only the port is looked at
   */
  boolean requestSideIsGone(String address) {
    return gonePorts.contains(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
  }

  /** Stops or resumes reading: an unread socket answers no ping, as a stopped process. */
  void read(boolean reading) {
    sockets.forEach(socket -> socket.config().setAutoRead(reading));
  }

  /** Cuts all connections at once, with a TCP reset and no goodbye. */
  void cut() {
    sockets.forEach(
        socket -> {
          socket.config().setOption(ChannelOption.SO_LINGER, 0);
          var unused = socket.close();
        });
  }

  @Override
  public void close() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private Channel socket() {
    NioSocketChannel socket = new NioSocketChannel();
    sockets.add(socket);
    socket.closeFuture().addListener(closed -> sockets.remove(socket));
    socket.pipeline().addFirst(new FrameWatch());
    return socket;
  }

  /** Follows the HTTP/2 frames of one connection without touching them. */
  private final class FrameWatch extends ChannelInboundHandlerAdapter {

    private final byte[] header = new byte[HEADER_BYTES];
    private int headerRead;
    private int payloadLeft;
    private int port;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (context.channel().remoteAddress() instanceof InetSocketAddress remote) {
        port = remote.getPort();
      }
      context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        follow(bytes.duplicate());
      }
      context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      gone();
      context.fireChannelInactive();
    }

    private void follow(ByteBuf bytes) {
      while (bytes.isReadable()) {
        if (payloadLeft > 0) {
          int skipped = Math.min(payloadLeft, bytes.readableBytes());
          bytes.skipBytes(skipped);
          payloadLeft -= skipped;
        } else {
          header[headerRead++] = bytes.readByte();
          if (headerRead == HEADER_BYTES) {
            frameStarts();
          }
        }
      }
    }

    private void frameStarts() {
      headerRead = 0;
      payloadLeft = ((header[0] & 0xff) << 16) | ((header[1] & 0xff) << 8) | (header[2] & 0xff);
      int type = header[3];
      if (type == RST_STREAM || type == GOAWAY) {
        gone();
      }
    }

    private void gone() {
      gonePorts.add(port);
    }
  }
}
