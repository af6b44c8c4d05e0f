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

  /**
   * What components and services of {@link #currentTerm()} work with. Empty exactly when that is.
   */
  Optional<TermContext> currentContext();

  /**
   * The address clients are sent to: this node's from the moment it has won, ready or not, else
   * what the election publishes. Empty if nobody leads, and if the election still publishes this
   * node although its term is over. Unlike the other methods this one may block: it asks the
   * election's backend.
   *
   * @throws io.metasrv.domain.error.StoreException.Unavailable if the backend cannot be asked
   */
  Optional<String> leaderAddress();

  /** Where this node is in its life, for operators. */
  LeadershipState state();
}
