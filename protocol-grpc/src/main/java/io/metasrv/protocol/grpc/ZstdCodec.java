package io.metasrv.protocol.grpc;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.grpc.Codec;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The encoding {@code zstd}: each message is an independent run of frames, written by a streaming
 * encoder and therefore without a content size in its header. Every Rust client sends its requests
 * so (sheet 01 §16).
 *
 * <p>Decoding streams, so that the reader decides how much is inflated: grpc-java stops a message
 * at the inbound limit while it inflates. A frame that ends early is an error. Thread-safe; the
 * streams are not.
 */
public final class ZstdCodec implements Codec {

  /** The name on the wire. */
  public static final String NAME = "zstd";

  // The library's own default: above it, time grows much faster than size shrinks.
  private static final int LEVEL = 3;

  @Override
  public String getMessageEncoding() {
    return NAME;
  }

  @Override
  public OutputStream compress(OutputStream out) throws IOException {
    return new ZstdOutputStreamNoFinalizer(out, RecyclingBufferPool.INSTANCE, LEVEL);
  }

  @Override
  public InputStream decompress(InputStream in) throws IOException {
    return new SelfClosing(new ZstdInputStreamNoFinalizer(in, RecyclingBufferPool.INSTANCE));
  }

  /**
   * Gives the native decoder back as soon as the last byte was read or reading failed, since a
   * reader that stops at the end of a message does not always close it.
   */
  private static final class SelfClosing extends FilterInputStream {

    private boolean closed;

    SelfClosing(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (closed) {
        return -1;
      }
      boolean more = false;
      try {
        int count = super.read(into, offset, length);
        more = count >= 0;
        return count;
      } finally {
        if (!more) {
          close();
        }
      }
    }

    @Override
    public long skip(long count) throws IOException {
      return closed ? 0 : super.skip(count);
    }

    @Override
    public int available() throws IOException {
      return closed ? 0 : super.available();
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        super.close();
      }
    }
  }
}
