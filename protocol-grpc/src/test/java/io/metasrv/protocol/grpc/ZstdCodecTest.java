package io.metasrv.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZstdCodecTest {

  private final ZstdCodec codec = new ZstdCodec();

  static IntStream sizes() {
    return IntStream.of(0, 1, 2, 100, 4096, 131_071, 131_072, 131_073, 3_000_000);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void givenAMessage_whenCompressedAndInflated_thenItIsTheSame(int size) throws IOException {
    byte[] message = message(size);

    byte[] compressed = compress(message);

    assertThat(compressed).isNotEmpty();
    assertThat(inflate(compressed)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void givenAForeignStreamingEncoder_whenItWritesNoContentSize_thenItIsInflated(int size)
      throws IOException {
    byte[] message = message(size);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream stream = new ZstdOutputStream(out)) {
      // Flushing ends a block, so that the frame consists of several.
      for (int at = 0; at < size; at += 1000) {
        stream.write(message, at, Math.min(1000, size - at));
        if (at % 7000 == 0) {
          stream.flush();
        }
      }
    }

    // -1: the frame does not say how long its content is.
    assertThat(Zstd.getFrameContentSize(out.toByteArray())).isEqualTo(size == 0 ? 0 : -1);
    assertThat(inflate(out.toByteArray())).isEqualTo(message);
  }

  @Test
  void givenAFrameWithContentSize_thenItIsInflated() throws IOException {
    byte[] message = message(5000);
    assertThat(inflate(Zstd.compress(message))).isEqualTo(message);
  }

  @Test
  void givenSeveralFramesInOneMessage_thenTheyAreJoined() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(compress("one,".getBytes(StandardCharsets.UTF_8)));
    both.write(compress("two".getBytes(StandardCharsets.UTF_8)));

    assertThat(inflate(both.toByteArray())).asString(StandardCharsets.UTF_8).isEqualTo("one,two");
  }

  @Test
  void givenAFrameCutShort_whenInflated_thenItIsAnError() throws IOException {
    byte[] compressed = compress(message(5000));
    byte[] cut = Arrays.copyOf(compressed, compressed.length - 10);

    assertThatThrownBy(() -> inflate(cut)).isInstanceOf(IOException.class);
  }

  @Test
  void givenGarbage_whenInflated_thenItIsAnError() {
    byte[] garbage = "this is no frame at all".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> inflate(garbage)).isInstanceOf(IOException.class);
  }

  @Test
  void givenABomb_whenOnlyItsStartIsRead_thenOnlyThatIsInflated() throws IOException {
    byte[] bomb = compress(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(64 << 10);
    CountingStream source = new CountingStream(bomb);

    try (InputStream in = codec.decompress(source)) {
      assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
    }

    assertThat(source.read).isLessThanOrEqualTo(bomb.length);
    assertThat(source.closed).isTrue();
  }

  @Test
  void givenAStreamReadToItsEnd_thenItClosesItself() throws IOException {
    CountingStream source = new CountingStream(compress(message(10)));
    InputStream in = codec.decompress(source);

    in.readAllBytes();

    assertThat(source.closed).isTrue();
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.available()).isZero();
  }

  private static byte[] message(int size) {
    byte[] message = new byte[size];
    new Random(size).nextBytes(message);
    Arrays.fill(message, size / 3, size / 2, (byte) 7);
    return message;
  }

  private byte[] compress(byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressing = codec.compress(out)) {
      compressing.write(message);
    }
    return out.toByteArray();
  }

  private byte[] inflate(byte[] compressed) throws IOException {
    try (InputStream in = codec.decompress(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static final class CountingStream extends ByteArrayInputStream {
    private int read;
    private boolean closed;

    CountingStream(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      int count = super.read(into, offset, length);
      read += Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }
}
