package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;

/** What the keys of flows have in common: they begin with {@code __flow/}. */
final class FlowKeys {

  /** What all of them begin with. */
  static final String SCOPE = "__flow/";

  private FlowKeys() {}

  /**
   * Reads a key of a family of flows.
   *
   * @throws ServiceException (InvalidArguments, {@code MismatchPrefix}) if it is no flow's at all
   */
  static KeyFormat.Parts parse(KeyFormat format, Bytes key) {
    if (!key.startsWith(Bytes.utf8(SCOPE))) {
      throw ServiceException.invalidArguments("Invalid prefix: " + SCOPE + ", key: " + key);
    }
    return format.parse(key);
  }

  /** A number of unsigned 32 bits, or an error. */
  static long check32(String what, long number) {
    if (number >>> 32 != 0) {
      throw new IllegalArgumentException(what + " out of range 0..4294967295: " + number);
    }
    return number;
  }
}
