package io.metasrv.application.metasrv;

import io.metasrv.application.port.Candidate;

/** What this node says of itself: version, machine, and what it uses right now. Thread-safe. */
@FunctionalInterface
public interface SelfDescription {

  /** A record with fresh numbers; does not block. */
  Candidate describe();
}
