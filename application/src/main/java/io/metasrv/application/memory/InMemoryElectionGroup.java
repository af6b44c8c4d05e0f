package io.metasrv.application.memory;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.application.store.TermSource;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The electorate of one in-memory store: what several {@link InMemoryElection}s in one process (a
 * test, a simulated cluster) have in common. It plays the part of a server that keeps leases by its
 * own clock, the monotonic clock of the runtime given. Thread-safe.
 *
 * <p>It has no thread of its own: that a lease ran out is noticed by the next call of any
 * participant. Until then the store still takes writes under its fence, which harms nobody, because
 * nobody else has won.
 */
public final class InMemoryElectionGroup {

  private final TermSource terms;
  private final Runtime runtime;
  private final ElectionTiming timing;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Promise<Boolean>> waiting = new ArrayList<>();
  private final TreeMap<String, Announcement> announcements = new TreeMap<>();
  private @Nullable Lease current;

  /**
   * @param terms the store the participants share; it issues the fences
   * @param runtime whose clock leases run by and whose waits campaigns block in
   */
  public InMemoryElectionGroup(TermSource terms, Runtime runtime, ElectionTiming timing) {
    this.terms = terms;
    this.runtime = runtime;
    this.timing = timing;
  }

  /** A new participant: one for each node. */
  public Election join() {
    return new InMemoryElection(this);
  }

  ElectionTiming timing() {
    return timing;
  }

  LeaderLease campaign(String address) throws InterruptedException {
    while (true) {
      Promise<Boolean> vacancy = runtime.promise();
      Duration untilExpiry;
      lock.lockInterruptibly();
      try {
        dropExpired();
        Lease holder = current;
        if (holder == null) {
          Lease won = new Lease(address, terms.openTerm(address), leaseEnd());
          current = won;
          return won;
        }
        untilExpiry = holder.expiresAt.since(runtime.monotonic());
        waiting.add(vacancy);
      } finally {
        lock.unlock();
      }
      awaitVacancy(vacancy, untilExpiry);
    }
  }

  private void awaitVacancy(Promise<Boolean> vacancy, Duration atMost) throws InterruptedException {
    try {
      vacancy.await(atMost);
    } finally {
      lock.lock();
      try {
        waiting.remove(vacancy);
      } finally {
        lock.unlock();
      }
    }
  }

  Optional<String> leader() {
    lock.lock();
    try {
      dropExpired();
      return Optional.ofNullable(current).map(lease -> lease.address);
    } finally {
      lock.unlock();
    }
  }

  void announce(Candidate candidate) {
    lock.lock();
    try {
      announcements.put(
          candidate.address(),
          new Announcement(candidate, runtime.monotonic().plus(timing.candidateLease())));
    } finally {
      lock.unlock();
    }
  }

  void withdraw(String address) {
    lock.lock();
    try {
      announcements.remove(address);
    } finally {
      lock.unlock();
    }
  }

  List<Candidate> candidates() {
    lock.lock();
    try {
      MonotonicTime now = runtime.monotonic();
      announcements.values().removeIf(announcement -> !now.isBefore(announcement.expiresAt));
      return announcements.values().stream().map(Announcement::candidate).toList();
    } finally {
      lock.unlock();
    }
  }

  private MonotonicTime leaseEnd() {
    return runtime.monotonic().plus(timing.lease());
  }

  private void dropExpired() {
    if (current != null && !runtime.monotonic().isBefore(current.expiresAt)) {
      end(current);
    }
  }

  private void end(Lease lease) {
    current = null;
    terms.closeTerm(lease.fence);
    List<Promise<Boolean>> toWake = List.copyOf(waiting);
    waiting.clear();
    toWake.forEach(vacancy -> vacancy.complete(true));
  }

  private record Announcement(Candidate candidate, MonotonicTime expiresAt) {}

  /** A lease; all its state is guarded by the group's lock. */
  private final class Lease implements LeaderLease {

    private final String address;
    private final Fence fence;
    private MonotonicTime expiresAt;

    Lease(String address, Fence fence, MonotonicTime expiresAt) {
      this.address = address;
      this.fence = fence;
      this.expiresAt = expiresAt;
    }

    @Override
    public Fence fence() {
      return fence;
    }

    @Override
    public Renewal renew() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        dropExpired();
        if (current != this) {
          return Renewal.LOST;
        }
        expiresAt = leaseEnd();
        return Renewal.RENEWED;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void resign() {
      lock.lock();
      try {
        if (current == this) {
          end(this);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
