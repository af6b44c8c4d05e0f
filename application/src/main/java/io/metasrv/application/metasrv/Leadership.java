package io.metasrv.application.metasrv;

import java.util.Optional;

/** What the rest of the application may ask about leadership. Thread-safe; never blocks. */
public interface Leadership {

  /** The advertised address of this node. */
  String serverAddress();

  /**
   * The term this node holds and is ready to serve in: its memory reset, its caches and listeners
   * started. Empty on a follower, and on a node that has won but is not ready yet.
   */
  Optional<Term> currentTerm();
}
