package io.metasrv.application.metasrv;

/**
 * Something that the leader runs or remembers for exactly one term: a cache, a listener, a ticker,
 * the heartbeat streams. Made anew for each term by a {@link TermComponentFactory} and never used
 * again after {@link #stop()}, so that nothing of a term outlives it (sheet 10 §1.1).
 *
 * <p>Each method is called once: {@code start} on a task that is interrupted if the term ends
 * meanwhile, {@code stop} after that task has ended, also if {@code start} failed.
 */
public interface TermComponent {

  /** For logs, for example {@code heartbeats}. */
  String name();

  /**
   * Makes the component ready. The node does not act as leader before every component has started;
   * the lease is renewed meanwhile by another task. Returns soon: background work runs on tasks of
   * its own.
   *
   * @throws InterruptedException if the term ended or the node is being stopped meanwhile
   */
  void start() throws InterruptedException;

  /**
   * Ends everything the component started, and returns when it has ended. Called after the term is
   * over, so that the node is a follower already; must not write to the store.
   */
  void stop() throws InterruptedException;

  /**
   * Whether the node cannot lead without this component. If a required one fails to start the term
   * ends at once and another node may take over; the failure of any other one is logged and
   * recorded, and the term goes on without it.
   */
  default boolean required() {
    return true;
  }
}
