package io.metasrv.application.heartbeat;

/** Changes the chain of each term: adds, replaces. Called once a term, before any heartbeat. */
@FunctionalInterface
public interface ChainCustomizer {

  /**
   * Makes the changes.
   *
   * @param parts what the leader remembers in this term
   */
  void customize(HeartbeatChainBuilder chain, HeartbeatParts parts);
}
