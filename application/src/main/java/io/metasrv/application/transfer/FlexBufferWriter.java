package io.metasrv.application.transfer;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.util.Arrays;
import java.util.List;

/**
 * The part of FlexBuffers that snapshots need, laid out as the reference's writer does (sheet 03
 * §13; format: flatbuffers.dev, "FlexBuffers internals"). Children are written before their
 * parents; a parent holds how far back they are, in the fewest bytes (1, 2, 4 or 8) that fit all of
 * its members. For one thread.
 */
final class FlexBufferWriter {

  static final int INT = 1;
  static final int UINT = 2;
  static final int KEY = 4;
  static final int MAP = 9;
  static final int VECTOR = 10;
  static final int VECTOR_INT = 11;
  static final int VECTOR_UINT = 12;
  private static final int VECTOR_KEY = 14;

  /** Vectors of exactly two, three and four unsigned numbers; they have no length. */
  private static final int[] FIXED_UINT = {17, 20, 23};

  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  private byte[] buffer = new byte[1 << 16];
  private int size;

  /**
   * Something that a parent can hold.
   *
   * @param type of the format
   * @param width of itself or of its members: 0 to 3 for 1, 2, 4, 8 bytes
   * @param at its position; of a number, the number
   */
  record Item(int type, int width, long at) {}

  /** A signed number, held by the parent itself. */
  static Item number(long value) {
    int width = 0;
    while (width < 3 && (value << (64 - (8 << width))) >> (64 - (8 << width)) != value) {
      width++;
    }
    return new Item(INT, width, value);
  }

  /** A name of map members; written once, used by any number of maps. */
  Item key(String name) {
    Item key = new Item(KEY, 0, size);
    for (byte b : Bytes.utf8(name).toByteArray()) {
      append(b, 0);
    }
    append(0, 0);
    return key;
  }

  /**
   * Bytes as a vector of unsigned numbers: the reference does not read blobs. The length is as wide
   * as the members, so that from 256 bytes on each takes two bytes, and from 65,536 on four.
   */
  Item bytes(Bytes content) {
    int count = content.size();
    if (count == 0) {
      return vector(List.of());
    }
    boolean fixed = count >= 2 && count <= 4;
    int width = fixed ? 0 : widthOf(count);
    if (!fixed) {
      align(width);
      append(count, width);
    }
    Item item = new Item(fixed ? FIXED_UINT[count - 2] : VECTOR_UINT, width, size);
    for (int i = 0; i < count; i++) {
      append(content.at(i), width);
    }
    return item;
  }

  /** A vector of anything. */
  Item vector(List<Item> members) {
    int width = widest(widthOf(members.size()), members, 1);
    align(width);
    append(members.size(), width);
    return members(VECTOR, members, width);
  }

  /**
   * A map.
   *
   * @param keys ascending by their text
   * @param values in the same order
   */
  Item map(List<Item> keys, List<Item> values) {
    int keyWidth = widest(widthOf(keys.size()), keys, 1);
    align(keyWidth);
    append(keys.size(), keyWidth);
    Item names = new Item(VECTOR_KEY, keyWidth, size);
    keys.forEach(key -> appendMember(key, keyWidth));

    int width = Math.max(widthHeldAt(names, 0), widthOf(values.size()));
    width = widest(width, values, 3);
    align(width);
    appendMember(names, width);
    append(1L << keyWidth, width);
    append(values.size(), width);
    return members(MAP, values, width);
  }

  /** Ends the document with its root. */
  Bytes finish(Item root) {
    int width = widthHeldAt(root, 0);
    align(width);
    appendMember(root, width);
    append(packed(root, width), 0);
    append(1L << width, 0);
    return Bytes.wrap(Arrays.copyOf(buffer, size));
  }

  private Item members(int type, List<Item> members, int width) {
    Item parent = new Item(type, width, size);
    members.forEach(member -> appendMember(member, width));
    members.forEach(member -> append(packed(member, width), 0));
    return parent;
  }

  private int widest(int least, List<Item> members, int prefix) {
    int width = least;
    for (int i = 0; i < members.size() && width < 3; i++) {
      width = Math.max(width, widthHeldAt(members.get(i), i + prefix));
    }
    return width;
  }

  /** How wide a place must be to hold the item, {@code index} places behind the next position. */
  private int widthHeldAt(Item item, int index) {
    if (isNumber(item)) {
      return item.width();
    }
    for (int width = 0; ; width++) {
      long at = aligned(width) + ((long) index << width);
      if (width == 3 || widthOf(at - item.at()) <= width) {
        return width;
      }
    }
  }

  private static boolean isNumber(Item item) {
    return item.type() == INT;
  }

  private static int packed(Item item, int parentWidth) {
    int width = isNumber(item) ? Math.max(parentWidth, item.width()) : item.width();
    return item.type() << 2 | width;
  }

  private static int widthOf(long unsigned) {
    if (unsigned <= 0xff) {
      return 0;
    }
    if (unsigned <= 0xffff) {
      return 1;
    }
    return unsigned <= 0xffff_ffffL ? 2 : 3;
  }

  private long aligned(int width) {
    long unit = 1L << width;
    return (size + unit - 1) / unit * unit;
  }

  private void align(int width) {
    long to = aligned(width);
    while (size < to) {
      append(0, 0);
    }
  }

  private void appendMember(Item item, int width) {
    append(isNumber(item) ? item.at() : size - item.at(), width);
  }

  /** Lowest byte first. */
  private void append(long value, int width) {
    int count = 1 << width;
    if (size > MOST_BYTES - count) {
      throw ServiceException.unsupported(
          "A snapshot file cannot hold more than 2 GiB; export this store as JSON lines instead");
    }
    if (size + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(MOST_BYTES, buffer.length * 2L));
    }
    for (int i = 0; i < count; i++) {
      buffer[size++] = (byte) (value >>> (8 * i));
    }
  }
}
