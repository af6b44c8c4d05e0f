package io.metasrv.application.port;

import io.metasrv.domain.error.ElectionException;

/**
 * A term that was won. The backend knows this node as leader until the lease runs out, {@link
 * Election#leaseDuration()} after the last renewal reached it; the holder must believe so only
 * until that long after it <em>sent</em> the last renewal that succeeded, by its own monotonic
 * clock. Thread-safe.
 */
public interface LeaderLease {

  /** The fence of this term; the same object for as long as the term lasts. */
  Fence fence();

  /**
   * Renews the lease once and waits for the answer, at most {@link Election#renewalTimeout()}.
   *
   * @return {@link Renewal#LOST} if the backend says that the term is over; it never comes back
   * @throws ElectionException if no answer came; the lease may or may not have been renewed
   */
  Renewal renew() throws InterruptedException;

  /**
   * Gives the term up, so that another node can win at once, and releases what the lease holds
   * (sessions, streams, connections). Idempotent; never throws; waits at most {@link
   * Election#renewalTimeout()}.
   */
  void resign();

  /** What a renewal told. */
  enum Renewal {
    /** The lease lasts its full duration again, counted from before the call. */
    RENEWED,
    /** The term is over. */
    LOST
  }
}
