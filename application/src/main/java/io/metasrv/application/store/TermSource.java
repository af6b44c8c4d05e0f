package io.metasrv.application.store;

import io.metasrv.application.port.Fence;

/**
 * A store that belongs to one process and numbers terms of leadership itself, under its own lock:
 * what {@link LocalElection} needs of it. Thread-safe.
 */
public interface TermSource {

  /**
   * Begins a term. From now on writes fenced by any earlier term are refused.
   *
   * @param holder address of the node whose term it is, for logs and errors
   * @return a fence that {@code fencedBy} of the same store accepts
   */
  Fence openTerm(String holder);

  /**
   * Ends the term if it is still the current one; from now on writes fenced by it are refused. Does
   * nothing if another term has begun.
   *
   * @throws IllegalArgumentException if another store issued the fence
   */
  void closeTerm(Fence fence);
}
