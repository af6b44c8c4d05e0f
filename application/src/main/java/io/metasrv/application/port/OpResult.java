package io.metasrv.application.port;

import io.metasrv.domain.Bytes;
import java.util.Optional;

/** What one {@link Op} of the branch that ran did; in the order of the ops. */
public sealed interface OpResult {

  /** A put took place. */
  record PutDone() implements OpResult {}

  /** A get found this pair, or nothing. Sees the writes of earlier ops of the same branch. */
  record GetDone(Bytes key, Optional<Bytes> value) implements OpResult {}

  /** A delete removed a key that was there, or found none. */
  record DeleteDone(boolean existed) implements OpResult {}
}
