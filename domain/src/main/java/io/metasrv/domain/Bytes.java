package io.metasrv.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string, ordered by unsigned byte comparison: the order of keys in every store.
 * Thread-safe.
 *
 * <p>Equality and hash are by content. {@link #toString()} is for people: printable ASCII is kept,
 * every other byte is shown as {@code \xNN}.
 */
public final class Bytes implements Comparable<Bytes> {

  /** The empty byte string. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;
  private int hash;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the array. */
  public static Bytes copyOf(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /**
   * Wraps the array without copying. The caller hands the array over: it must never be written
   * again by anyone.
   *
   * @see #asReadOnlyBuffer()
   */
  public static Bytes wrap(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content);
  }

  /** The bytes given, one per argument; each in 0..255. */
  public static Bytes of(int... unsignedBytes) {
    byte[] content = new byte[unsignedBytes.length];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) unsignedBytes[i];
    }
    return wrap(content);
  }

  /** The UTF-8 form of the text. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Parses an even number of hexadecimal digits. */
  public static Bytes hex(String digits) {
    return wrap(HexFormat.of().parseHex(digits));
  }

  /** Number of bytes. */
  public int size() {
    return content.length;
  }

  /** Whether there is no byte at all. */
  public boolean isEmpty() {
    return content.length == 0;
  }

  /** The byte at the index, in 0..255. */
  public int at(int index) {
    return content[index] & 0xff;
  }

  /** A fresh copy of the content. */
  public byte[] toByteArray() {
    return content.clone();
  }

  /** The content without copying; the buffer cannot be written. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /** The content read as UTF-8, malformed sequences replaced by U+FFFD. */
  public String toUtf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** The content as lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  /** Whether the content begins with the prefix. */
  public boolean startsWith(Bytes prefix) {
    return content.length >= prefix.content.length
        && Arrays.equals(
            content, 0, prefix.content.length, prefix.content, 0, prefix.content.length);
  }

  /** This byte string followed by the other. */
  public Bytes concat(Bytes other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    byte[] joined = Arrays.copyOf(content, content.length + other.content.length);
    System.arraycopy(other.content, 0, joined, content.length, other.content.length);
    return new Bytes(joined);
  }

  /** The bytes from the index (inclusive) to the end. */
  public Bytes substring(int from) {
    return wrap(Arrays.copyOfRange(content, from, content.length));
  }

  /** The bytes from the first index (inclusive) to the second (exclusive). */
  public Bytes substring(int from, int to) {
    return wrap(Arrays.copyOfRange(content, from, to));
  }

  /** The smallest byte string above this one: this one followed by a zero byte. */
  public Bytes next() {
    return wrap(Arrays.copyOf(content, content.length + 1));
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(content);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(content.length);
    for (byte b : content) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b >= 0x20 && b < 0x7f) {
        text.append((char) b);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return text.toString();
  }
}
