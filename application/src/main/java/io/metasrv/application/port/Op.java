package io.metasrv.application.port;

import io.metasrv.domain.Bytes;

/** One operation of a transaction. */
public sealed interface Op {

  /** The key operated on; not empty. */
  Bytes key();

  /** Writes the value, whether or not the key is there. */
  record Put(Bytes key, Bytes value) implements Op {}

  /** Reads the key. */
  record Get(Bytes key) implements Op {}

  /** Removes the key; no effect if it is not there. */
  record Delete(Bytes key) implements Op {}
}
