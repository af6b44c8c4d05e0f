package io.metasrv.doubles;

import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Watches the heartbeat connections of one node for what grpc-java hides: whether the other side
 * has reset the stream or lost the connection, rather than only ended its responses. A Rust
 * datanode reconnects upon the former and not upon the latter (sheet 01 §16.2), and so does its
 * double. Thread-safe.
 *
 * <p>Reads plain text only, which is all that nodes of v1.1.4 speak to a metasrv.
 */
final class StreamWatch implements AutoCloseable {

  /** The stream that heartbeats travel in. */
  private record Followed(FrameWatch connection, int stream) {}

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<Channel, FrameWatch> sockets = new ConcurrentHashMap<>();
  private volatile Optional<Followed> followed = Optional.empty();

  /** Makes a channel's sockets watched ones. */
  NettyChannelBuilder watch(NettyChannelBuilder builder) {
    return builder.eventLoopGroup(loop).channelFactory(this::socket);
  }

  /**
   * A heartbeat stream to the address has just been answered: it is the newest stream of the
   * connection that was busy last.
   */
  void opened(String address) {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    followed =
        sockets.values().stream()
            .filter(connection -> connection.isTo(port))
            .max(Comparator.comparingLong(FrameWatch::lastFrameAt))
            .map(connection -> new Followed(connection, connection.newestStream()));
  }

  /** Whether the stream that was opened last was reset, or has lost its connection. */
  boolean requestSideIsGone() {
    return followed
        .map(it -> it.connection().isClosed() || it.connection().wasReset(it.stream()))
        // Its connection ended before it could be followed.
        .orElse(true);
  }

  /** Stops or resumes reading: an unread socket answers no ping, as a stopped process. */
  void read(boolean reading) {
    sockets.keySet().forEach(socket -> socket.config().setAutoRead(reading));
  }

  /** Cuts all connections at once, with a TCP reset and no goodbye. */
  void cut() {
    sockets
        .keySet()
        .forEach(
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
    FrameWatch frames = new FrameWatch();
    sockets.put(socket, frames);
    socket.closeFuture().addListener(closed -> sockets.remove(socket));
    socket.pipeline().addFirst(frames);
    return socket;
  }
}
