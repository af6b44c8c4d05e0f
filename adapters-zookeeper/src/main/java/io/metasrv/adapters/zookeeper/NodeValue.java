package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The content of a key's znode: the value itself, or where the parts of a large one lie. The first
 * byte tells which.
 */
sealed interface NodeValue {

  /** Bytes of the value. */
  int length();

  /** Bytes of what is stored in the znode. */
  int storedBytes();

  /** What is stored in the znode. */
  byte[] encode();

  /** The value lies in the znode. */
  record Inline(Bytes value) implements NodeValue {
    private static final byte FORMAT = 0;

    @Override
    public int length() {
      return value.size();
    }

    @Override
    public int storedBytes() {
      return 1 + value.size();
    }

    @Override
    public byte[] encode() {
      byte[] data = new byte[1 + value.size()];
      data[0] = FORMAT;
      value.asReadOnlyBuffer().get(data, 1, value.size());
      return data;
    }
  }

  /**
   * The value lies in the children of a generation znode. A generation is written before it is
   * named here, and never changed.
   *
   * @param generation the generation's id
   * @param length bytes of the value
   * @param count number of parts
   * @param checksum CRC32C of the value
   */
  record Chunked(UUID generation, int length, int count, int checksum) implements NodeValue {
    private static final byte FORMAT = 2;
    private static final int SIZE = 1 + 16 + 3 * Integer.BYTES;

    @Override
    public int storedBytes() {
      return SIZE;
    }

    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(SIZE)
          .put(FORMAT)
          .putLong(generation.getMostSignificantBits())
          .putLong(generation.getLeastSignificantBits())
          .putInt(length)
          .putInt(count)
          .putInt(checksum)
          .array();
    }
  }

  /**
   * Reads what is stored in a znode.
   *
   * @throws IllegalArgumentException if it is nothing this version writes
   */
  static NodeValue decode(byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    if (data.length > 0 && data[0] == Inline.FORMAT) {
      return new Inline(Bytes.wrap(data).substring(1));
    }
    if (data.length == Chunked.SIZE && data[0] == Chunked.FORMAT) {
      buffer.get();
      UUID generation = new UUID(buffer.getLong(), buffer.getLong());
      return new Chunked(generation, buffer.getInt(), buffer.getInt(), buffer.getInt());
    }
    throw new IllegalArgumentException(
        "a key's znode holds %d bytes that are no value of this layout".formatted(data.length));
  }
}
