package io.metasrv.application.port;

import io.metasrv.domain.Bytes;

/**
 * A condition on one key. There are only these three: every backend agrees on them, and the system
 * needs no other. The value of a missing key equals nothing, not even the empty value.
 */
public sealed interface Compare {

  /** The key the condition is about; not empty. */
  Bytes key();

  /** Holds if the key is there, whatever its value. */
  record Exists(Bytes key) implements Compare {}

  /** Holds if the key is not there. */
  record Absent(Bytes key) implements Compare {}

  /** Holds if the key is there and its value is exactly these bytes, possibly none. */
  record ValueEquals(Bytes key, Bytes value) implements Compare {}
}
