package io.metasrv.application.port;

import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lease-based election among the metasrvs that share a store, and the list of those that are alive
 * (sheet 02 §11–14). An implementation keeps no thread and takes no decision: when to renew, when
 * to step down and when to try again is application code, the same for every backend and for the
 * simulator. Keys carry the store's prefix themselves; the chroot is not in between. Thread-safe.
 *
 * <p>Promise to the application: as long as one {@link LeaderLease} has been renewed within the
 * lease duration, no {@link #campaign} of another node returns; and of two fences at most the later
 * one lets writes through.
 */
public interface Election {

  /** How long a term outlives its last renewal. META_LEASE_SECS (5 s) on shared backends. */
  Duration leaseDuration();

  /**
   * How long after one renewal the next is due: {@code renewalInterval + renewalTimeout <
   * leaseDuration}.
   */
  Duration renewalInterval();

  /** The longest that {@link LeaderLease#renew()} waits. */
  Duration renewalTimeout();

  /**
   * Takes part in the election and blocks until this node has won a term.
   *
   * @param address the advertised address; what {@link #leader()} of every node answers during the
   *     term
   * @return the lease of the term; it has to be renewed at once, and only after the first renewal
   *     succeeded may the node act as leader
   * @throws ElectionException if this attempt failed; nothing of it is left behind
   * @throws InterruptedException if the caller was cancelled; nothing of the attempt is left behind
   */
  LeaderLease campaign(String address) throws InterruptedException;

  /**
   * The advertised address of the current leader, read from the backend. Empty if there is none or
   * its lease is known to have run out.
   *
   * @throws StoreException.Unavailable if the backend cannot be asked
   */
  Optional<String> leader();

  /**
   * Announces this node as alive for {@link #candidateLease()}; called again, with a fresh record,
   * for each renewal.
   *
   * @throws ElectionException if it could not be written
   */
  void announce(Candidate candidate) throws InterruptedException;

  /** Removes the announcement made by this process, if any. Never throws. */
  void withdraw();

  /** How long an announcement lasts: 600 s on shared backends. */
  Duration candidateLease();

  /**
   * The nodes announced and alive, this one included, ascending by address. A record that cannot be
   * parsed is left out and logged once.
   *
   * @throws StoreException.Unavailable if the backend cannot be asked
   */
  List<Candidate> candidates();
}
