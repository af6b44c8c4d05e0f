package io.metasrv.application.port;

/**
 * Proof of one term of leadership, in the form the backend that issued it can check inside a write.
 * Opaque to the application: it is taken from a {@link LeaderLease} and given to {@link
 * KeyValueStore#fencedBy} of a store on the same backend.
 */
public interface Fence {

  /** For logs and errors: which term of which node, without secrets. */
  String describe();

  /**
   * Whether the backend's client has reason to doubt the term, long before its lease runs out: the
   * connection that keeps the lease alive was lost. The holder stops acting as leader at once.
   * Never blocks; once true it stays so. Backends without such a signal answer {@code false}.
   */
  default boolean isSuspended() {
    return false;
  }
}
