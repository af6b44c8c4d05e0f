package io.metasrv.benchmarks.heartbeat;

import com.google.protobuf.MessageLite;
import io.grpc.internal.CompositeReadableBuffer;
import io.grpc.internal.ReadableBuffers;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A message as HTTP/2 brings it: in pieces of 16 KiB, which gRPC's codec reads as one stream. */
final class Frames {

  private static final int FRAME_BYTES = 16_384;

  private final List<byte[]> frames = new ArrayList<>();
  private final int bytes;

  Frames(MessageLite message) {
    byte[] whole = message.toByteArray();
    bytes = whole.length;
    for (int from = 0; from < whole.length; from += FRAME_BYTES) {
      byte[] frame = new byte[Math.min(FRAME_BYTES, whole.length - from)];
      System.arraycopy(whole, from, frame, 0, frame.length);
      frames.add(frame);
    }
  }

  int bytes() {
    return bytes;
  }

  /** What gRPC hands to the marshaller. */
  InputStream open() {
    CompositeReadableBuffer buffer = new CompositeReadableBuffer();
    for (byte[] frame : frames) {
      buffer.addBuffer(ReadableBuffers.wrap(frame));
    }
    return ReadableBuffers.openStream(buffer, true);
  }
}
