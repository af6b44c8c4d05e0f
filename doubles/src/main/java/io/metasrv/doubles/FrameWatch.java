package io.metasrv.doubles;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows the HTTP/2 frames that arrive on one connection, without touching them. Written by the
 * connection's event loop, read by any thread.
 */
final class FrameWatch extends ChannelInboundHandlerAdapter {

  private static final int HEADER_BYTES = 9;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int END_STREAM = 1;
  private static final int STREAM_CLOSED = 5;

  private final byte[] header = new byte[HEADER_BYTES];
  private final Set<Integer> ended = ConcurrentHashMap.newKeySet();
  private final Set<Integer> reset = ConcurrentHashMap.newKeySet();
  private int headerRead;
  private int payloadLeft;
  private int errorCode;
  private volatile int port;
  private volatile int newestStream;
  private volatile long lastFrameAt;
  private volatile boolean closed;

  /** Whether it is an open connection to the port. */
  boolean isTo(int wanted) {
    return port == wanted && !closed;
  }

  boolean isClosed() {
    return closed;
  }

  /** The monotonic time of the last frame. */
  long lastFrameAt() {
    return lastFrameAt;
  }

  /** The highest number of a stream that was answered. */
  int newestStream() {
    return newestStream;
  }

  /**
   * Whether the other side has reset the stream. A reset with "stream closed" after the end of the
   * responses does not count: it answers grpc-java's own cancellation, which a Rust client does not
   * send.
   */
  boolean wasReset(int stream) {
    return reset.contains(stream);
  }

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
    closed = true;
    context.fireChannelInactive();
  }

  private void follow(ByteBuf bytes) {
    while (bytes.isReadable()) {
      if (headerRead < HEADER_BYTES) {
        header[headerRead++] = bytes.readByte();
        if (headerRead == HEADER_BYTES) {
          payloadLeft = number(0, 3);
          errorCode = 0;
        }
      } else if (type() == RST_STREAM) {
        errorCode = (errorCode << 8) | (bytes.readByte() & 0xff);
        payloadLeft--;
      } else {
        int skipped = Math.min(payloadLeft, bytes.readableBytes());
        bytes.skipBytes(skipped);
        payloadLeft -= skipped;
      }
      if (headerRead == HEADER_BYTES && payloadLeft == 0) {
        frameEnds();
      }
    }
  }

  private void frameEnds() {
    int stream = number(5, 4) & 0x7fff_ffff;
    if (type() == HEADERS) {
      newestStream = Math.max(newestStream, stream);
    }
    if (type() <= HEADERS && (header[4] & END_STREAM) != 0) {
      ended.add(stream);
    }
    if (type() == RST_STREAM && !(errorCode == STREAM_CLOSED && ended.contains(stream))) {
      reset.add(stream);
    }
    lastFrameAt = System.nanoTime();
    headerRead = 0;
  }

  private int type() {
    return header[3];
  }

  private int number(int offset, int bytes) {
    int number = 0;
    for (int i = offset; i < offset + bytes; i++) {
      number = (number << 8) | (header[i] & 0xff);
    }
    return number;
  }
}
