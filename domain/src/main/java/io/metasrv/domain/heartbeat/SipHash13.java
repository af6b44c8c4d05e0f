package io.metasrv.domain.heartbeat;

import java.nio.charset.StandardCharsets;

/**
 * SipHash-1-3 with zero keys (Aumasson and Bernstein, 2012, with one compression and three
 * finalisation rounds): what the reference numbers frontends by (sheet 02 §19).
 */
public final class SipHash13 {

  private static final long INITIAL_0 = 0x736f6d6570736575L;
  private static final long INITIAL_1 = 0x646f72616e646f6dL;
  private static final long INITIAL_2 = 0x6c7967656e657261L;
  private static final long INITIAL_3 = 0x7465646279746573L;
  private static final int TEXT_END = 0xff;

  private long v0 = INITIAL_0;
  private long v1 = INITIAL_1;
  private long v2 = INITIAL_2;
  private long v3 = INITIAL_3;

  private SipHash13() {}

  /** The hash of a text as the reference hashes strings: its UTF-8 bytes, then 0xFF. */
  public static long ofText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = java.util.Arrays.copyOf(utf8, utf8.length + 1);
    bytes[utf8.length] = (byte) TEXT_END;
    return new SipHash13().hash(bytes);
  }

  private long hash(byte[] bytes) {
    int whole = bytes.length & ~7;
    for (int at = 0; at < whole; at += 8) {
      compress(littleEndian(bytes, at, 8));
    }
    compress(((long) bytes.length << 56) | littleEndian(bytes, whole, bytes.length - whole));
    v2 ^= 0xff;
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void compress(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }

  private static long littleEndian(byte[] bytes, int from, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[from + i] & 0xffL) << (8 * i);
    }
    return word;
  }
}
