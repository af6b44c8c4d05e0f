package io.metasrv.application.store;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The election of a process that has its store to itself (sheet 02 §16): whoever campaigns wins at
 * once, and a term lasts until it is given up or followed by another. There is nobody to compete
 * with, but terms and fences are real, so that the leader's code is the same as on a shared store
 * and work left over from an earlier term is refused. Thread-safe.
 */
public final class LocalElection implements Election {

  /** Nobody else can take over, so the lease only has to outlast every imaginable pause. */
  private static final Duration LEASE = Duration.ofDays(3650);

  private static final Duration RENEWAL_INTERVAL = Duration.ofHours(1);
  private static final Duration RENEWAL_TIMEOUT = Duration.ofSeconds(2);

  private final TermSource terms;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, Candidate> announced = new TreeMap<>();
  private @Nullable LocalLease current;

  /**
   * @param terms the store, which issues the fences
   */
  public LocalElection(TermSource terms) {
    this.terms = terms;
  }

  @Override
  public Duration leaseDuration() {
    return LEASE;
  }

  @Override
  public Duration renewalInterval() {
    return RENEWAL_INTERVAL;
  }

  @Override
  public Duration renewalTimeout() {
    return RENEWAL_TIMEOUT;
  }

  /** Never blocks. A term still open is followed by the new one, and thereby lost. */
  @Override
  public LeaderLease campaign(String address) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      LocalLease won = new LocalLease(address, terms.openTerm(address));
      current = won;
      return won;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<String> leader() {
    lock.lock();
    try {
      return Optional.ofNullable(current).map(LocalLease::address);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void announce(Candidate candidate) {
    lock.lock();
    try {
      announced.put(candidate.address(), candidate);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void withdraw() {
    lock.lock();
    try {
      announced.clear();
    } finally {
      lock.unlock();
    }
  }

  /** As on shared backends; an announcement lasts as long as the process anyway. */
  @Override
  public Duration candidateLease() {
    return ElectionTiming.REFERENCE.candidateLease();
  }

  @Override
  public List<Candidate> candidates() {
    lock.lock();
    try {
      return List.copyOf(announced.values());
    } finally {
      lock.unlock();
    }
  }

  private boolean isCurrent(LocalLease lease) {
    lock.lock();
    try {
      return current == lease;
    } finally {
      lock.unlock();
    }
  }

  private void end(LocalLease lease) {
    lock.lock();
    try {
      if (current == lease) {
        current = null;
        terms.closeTerm(lease.fence());
      }
    } finally {
      lock.unlock();
    }
  }

  private final class LocalLease implements LeaderLease {

    private final String address;
    private final Fence fence;

    LocalLease(String address, Fence fence) {
      this.address = address;
      this.fence = fence;
    }

    String address() {
      return address;
    }

    @Override
    public Fence fence() {
      return fence;
    }

    @Override
    public Renewal renew() {
      return isCurrent(this) ? Renewal.RENEWED : Renewal.LOST;
    }

    @Override
    public void resign() {
      end(this);
    }
  }
}
