package io.metasrv.adapters.embedded;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.io.IOException;

/**
 * How a value is stored: one byte that names the format, then the value (sheet 02 §27). There is
 * one format so far; the byte leaves room for others, such as compression, without a new store.
 */
final class ValueFormat {

  private static final byte RAW = 0;

  private ValueFormat() {}

  static byte[] encode(Bytes value) {
    byte[] stored = new byte[value.size() + 1];
    stored[0] = RAW;
    value.asReadOnlyBuffer().get(stored, 1, value.size());
    return stored;
  }

  /**
   * @throws StoreException.Corrupted if it is in no format that this version knows
   */
  static Bytes decode(byte[] key, byte[] stored) {
    if (stored.length == 0 || stored[0] != RAW) {
      String found = stored.length == 0 ? "none" : Integer.toString(stored[0] & 0xff);
      throw new StoreException.Corrupted(
          "The value of key '%s' in the embedded store has format byte %s, this version knows %d only."
                  .formatted(Bytes.copyOf(key), found, RAW)
              + " It was written by a newer version, or not by this system; use the version that"
              + " wrote it, or restore a checkpoint",
          new IOException("format byte " + found));
    }
    byte[] value = new byte[stored.length - 1];
    System.arraycopy(stored, 1, value, 0, value.length);
    return Bytes.wrap(value);
  }
}
