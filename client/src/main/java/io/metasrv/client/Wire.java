package io.metasrv.client;

import com.google.protobuf.ByteString;
import io.metasrv.domain.Bytes;
import java.util.Arrays;

/** Byte strings between the domain and protobuf, and the range ends of the store (sheet 01 §6). */
final class Wire {

  /** "Everything from the key on." */
  static final Bytes NO_END = Bytes.of(0);

  private Wire() {}

  static ByteString bytes(Bytes value) {
    return ByteString.copyFrom(value.toByteArray());
  }

  /** The end of the range of all keys with a prefix. */
  static Bytes prefixEnd(Bytes prefix) {
    byte[] end = prefix.toByteArray();
    for (int i = end.length - 1; i >= 0; i--) {
      if ((end[i] & 0xff) < 0xff) {
        end[i]++;
        return Bytes.wrap(Arrays.copyOf(end, i + 1));
      }
    }
    return NO_END;
  }
}
