package io.metasrv.adapters.grpc;

import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a message as soon as its length is announced, if that is above the limit, in the words of
 * the reference: {@code OUT_OF_RANGE}, what was found and what is allowed (sheet 01 §2). grpc-java
 * would answer {@code RESOURCE_EXHAUSTED} from a place that cannot be reached from outside.
 *
 * <p>It stands before grpc-java, which hears that the client has given the call up. Nothing of such
 * a message is kept in memory. Belongs to one connection; all calls come on its event loop.
 */
final class MessageLengthLimit extends Http2FrameListenerDecorator {

  private static final Logger LOG = LoggerFactory.getLogger(MessageLengthLimit.class);

  private final Http2ConnectionHandler handler;
  private final Http2Connection.PropertyKey key;
  private final int maxBytes;

  private MessageLengthLimit(Http2ConnectionHandler handler, int maxBytes) {
    super(handler.decoder().frameListener());
    this.handler = handler;
    this.key = handler.connection().newKey();
    this.maxBytes = maxBytes;
  }

  /** Watches a connection of which no frame has been read yet. */
  static void watch(Http2ConnectionHandler handler, int maxBytes) {
    handler.decoder().frameListener(new MessageLengthLimit(handler, maxBytes));
  }

  /** The reference's text about a message that arrived. */
  static Status tooLarge(String found, int maxBytes) {
    return Status.OUT_OF_RANGE.withDescription(
        "Error, decoded message length too large: found "
            + found
            + " bytes, the limit is: "
            + maxBytes
            + " bytes");
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream)
      throws Http2Exception {
    Http2Stream stream = handler.connection().stream(streamId);
    if (stream == null) {
      return super.onDataRead(context, streamId, data, padding, endOfStream);
    }
    Messages messages = messagesOf(stream);
    if (messages.refused) {
      return data.readableBytes() + padding;
    }
    long length = messages.lengthAbove(maxBytes, data);
    if (length < 0) {
      return super.onDataRead(context, streamId, data, padding, endOfStream);
    }
    messages.refused = true;
    refuse(context, stream, length);
    return data.readableBytes() + padding;
  }

  private Messages messagesOf(Http2Stream stream) {
    Messages known = stream.getProperty(key);
    if (known != null) {
      return known;
    }
    Messages fresh = new Messages();
    stream.setProperty(key, fresh);
    return fresh;
  }

  private void refuse(ChannelHandlerContext context, Http2Stream stream, long length)
      throws Http2Exception {
    Status status = tooLarge(Long.toString(length), maxBytes);
    LOG.warn(
        "A request from {} was refused: {}",
        context.channel().remoteAddress(),
        status.getDescription());
    Http2Headers trailers = new DefaultHttp2Headers();
    if (!stream.isHeadersSent()) {
      trailers.status("200").set("content-type", "application/grpc");
    }
    trailers.set("grpc-status", Integer.toString(status.getCode().value()));
    // Nothing in the text has to be escaped.
    trailers.set("grpc-message", String.valueOf(status.getDescription()));
    var _ =
        handler
            .encoder()
            .writeHeaders(context, stream.id(), trailers, 0, true, context.newPromise());
    context.flush();
    super.onRstStreamRead(context, stream.id(), Http2Error.CANCEL.code());
  }

  /** How far the messages of one stream have been read: five bytes of prefix, then the body. */
  private static final class Messages {

    private static final int PREFIX_BYTES = 5;

    private boolean refused;
    private int prefixRead;
    private long length;
    private long bodyLeft;

    /** Goes over the bytes without consuming them; the first length above the limit, or -1. */
    long lengthAbove(int maxBytes, ByteBuf data) {
      int at = data.readerIndex();
      int end = data.writerIndex();
      while (at < end) {
        if (bodyLeft > 0) {
          long step = Math.min(bodyLeft, end - at);
          bodyLeft -= step;
          at += (int) step;
        } else if (readsPrefix(data.getUnsignedByte(at++))) {
          if (length > maxBytes) {
            return length;
          }
          bodyLeft = length;
        }
      }
      return -1;
    }

    /** Takes one byte of a prefix; whether it was the last. */
    private boolean readsPrefix(int unsignedByte) {
      // The first byte is the compression flag.
      length = prefixRead == 0 ? 0 : length << 8 | unsignedByte;
      prefixRead = (prefixRead + 1) % PREFIX_BYTES;
      return prefixRead == 0;
    }
  }
}
