package io.metasrv.application.port;

/**
 * Proof of one term of leadership, in the form the backend that issued it can check inside a write.
 * Opaque to the application: it is taken from a {@link LeaderLease} and given to {@link
 * KeyValueStore#fencedBy} of a store on the same backend.
 */
public interface Fence {

  /** For logs and errors: which term of which node, without secrets. */
  String describe();
}
