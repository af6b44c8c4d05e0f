package io.metasrv.application.transfer;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the part of FlexBuffers that snapshots need (sheet 03 §13). Every position is checked, so
 * that a damaged file gives an error and nothing else. Immutable; thread-safe.
 */
final class FlexBufferReader {

  private final String name;
  private final Bytes data;

  /**
   * @param name of the file, for errors
   */
  FlexBufferReader(String name, Bytes data) {
    this.name = name;
    this.data = data;
  }

  /**
   * A value.
   *
   * @param type of the format
   * @param at where it, or its first member, is
   * @param width bytes of itself or of each member
   */
  record Value(int type, int at, int width) {}

  /** The whole document. */
  Value root() {
    if (data.size() < 3) {
      throw damaged(0, "it is too short");
    }
    int width = data.at(data.size() - 1);
    return held(data.size() - 2 - width, width, data.at(data.size() - 2));
  }

  /** A number. */
  long number(Value value) {
    long raw = unsigned(value.at(), value.width());
    if (value.type() == FlexBufferWriter.UINT) {
      return raw;
    }
    if (value.type() != FlexBufferWriter.INT) {
      throw damaged(value.at(), "a number is expected");
    }
    int unused = 64 - 8 * value.width();
    return raw << unused >> unused;
  }

  /** The member of a map. */
  Optional<Value> find(Value map, String member) {
    if (map.type() != FlexBufferWriter.MAP) {
      throw damaged(map.at(), "a map is expected");
    }
    int width = map.width();
    int keysHeldAt = map.at() - 3 * width;
    int keys = back(keysHeldAt, width);
    int keyWidth = widthChecked(unsigned(map.at() - 2 * width, width), map.at());
    int count = count(map);
    byte[] wanted = Bytes.utf8(member + "\0").toByteArray();
    for (int i = 0; i < count; i++) {
      if (isAt(back(keys + i * keyWidth, keyWidth), wanted)) {
        return Optional.of(member(map, i, count));
      }
    }
    return Optional.empty();
  }

  /** The member of a map that must have it. */
  Value require(Value map, String member) {
    return find(map, member)
        .orElseThrow(() -> damaged(map.at(), "the member \"" + member + "\" is missing"));
  }

  /** The members of a vector of anything. */
  List<Value> members(Value vector) {
    if (vector.type() != FlexBufferWriter.VECTOR) {
      throw damaged(vector.at(), "a vector is expected");
    }
    int count = count(vector);
    List<Value> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(member(vector, i, count));
    }
    return members;
  }

  /** A vector of whole numbers, typed or not, signed or not, each of which is a byte. */
  Bytes bytes(Value vector) {
    boolean typed = true;
    int count;
    switch (vector.type()) {
      case FlexBufferWriter.VECTOR_INT, FlexBufferWriter.VECTOR_UINT -> count = count(vector);
      case 16, 17 -> count = 2;
      case 19, 20 -> count = 3;
      case 22, 23 -> count = 4;
      case FlexBufferWriter.VECTOR -> {
        count = count(vector);
        typed = false;
      }
      default -> throw damaged(vector.at(), "a vector of bytes is expected");
    }
    byte[] content = new byte[count];
    for (int i = 0; i < count; i++) {
      content[i] = (byte) byteAt(typed ? element(vector, i) : member(vector, i, count));
    }
    return Bytes.wrap(content);
  }

  private static Value element(Value vector, int index) {
    int type = isSigned(vector.type()) ? FlexBufferWriter.INT : FlexBufferWriter.UINT;
    return new Value(type, vector.at() + index * vector.width(), vector.width());
  }

  /** Of the vectors with one type of member: any length, two, three, four. */
  private static boolean isSigned(int type) {
    return type == FlexBufferWriter.VECTOR_INT || type == 16 || type == 19 || type == 22;
  }

  private int byteAt(Value value) {
    long number = number(value);
    if (number < 0 || number > 255) {
      throw damaged(value.at(), "a byte is expected");
    }
    return (int) number;
  }

  private int count(Value parent) {
    long count = unsigned(parent.at() - parent.width(), parent.width());
    if (count < 0 || count * parent.width() > data.size() - parent.at()) {
      throw damaged(parent.at(), "a length reaches beyond the end");
    }
    return (int) count;
  }

  private Value member(Value parent, int index, int count) {
    int typeAt = parent.at() + count * parent.width() + index;
    return held(parent.at() + index * parent.width(), parent.width(), (int) unsigned(typeAt, 1));
  }

  /** What is held at a place: a number itself, everything else behind an offset. */
  private Value held(int at, int width, int packedType) {
    int type = packedType >> 2;
    widthChecked(width, at);
    return type == FlexBufferWriter.INT || type == FlexBufferWriter.UINT
        ? new Value(type, at, width)
        : new Value(type, back(at, width), 1 << (packedType & 3));
  }

  private int back(int at, int width) {
    long offset = unsigned(at, width);
    if (offset < 0 || offset > at) {
      throw damaged(at, "an offset leads outside");
    }
    return (int) (at - offset);
  }

  private int widthChecked(long width, int at) {
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw damaged(at, "a width is none of 1, 2, 4, 8");
    }
    return (int) width;
  }

  private boolean isAt(int at, byte[] wanted) {
    if (at + wanted.length > data.size()) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if ((byte) data.at(at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private long unsigned(int at, int width) {
    if (at < 0 || at > data.size() - width) {
      throw damaged(at, "a position is outside");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) data.at(at + i) << (8 * i);
    }
    return value;
  }

  private ServiceException damaged(int at, String why) {
    return ServiceException.invalidArguments(
        "Cannot read %s: not a metadata snapshot, or a damaged one: at byte %d %s"
            .formatted(name, at, why));
  }
}
