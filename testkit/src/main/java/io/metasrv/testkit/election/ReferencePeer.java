package io.metasrv.testkit.election;

import java.util.Optional;

/**
 * A stand-in that takes part in an election as GreptimeDB's metasrv does, statement by statement.
 * Nothing happens by itself: a test lets it take one round of its campaign after the other, which
 * the original does every two and a half seconds.
 */
public interface ReferencePeer extends AutoCloseable {

  /**
   * One round: renews, steps down, takes over or looks on.
   *
   * @return whether it leads after it
   */
  boolean round() throws Exception;

  /** Whom it takes for the leader. */
  Optional<String> leader() throws Exception;

  /** As a process that ends: its connections are closed, its rows stay. */
  @Override
  void close() throws Exception;
}
