package io.metasrv.application.memory;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One participant of an {@link InMemoryElectionGroup}, from which it is got. Thread-safe. */
public final class InMemoryElection implements Election {

  private final InMemoryElectionGroup group;
  private final AtomicReference<@Nullable String> announcedAs = new AtomicReference<>();

  InMemoryElection(InMemoryElectionGroup group) {
    this.group = group;
  }

  @Override
  public Duration leaseDuration() {
    return group.timing().lease();
  }

  @Override
  public Duration renewalInterval() {
    return group.timing().renewalInterval();
  }

  @Override
  public Duration renewalTimeout() {
    return group.timing().renewalTimeout();
  }

  /** Blocks while another participant, or an earlier term of this one, holds the lease. */
  @Override
  public LeaderLease campaign(String address) throws InterruptedException {
    return group.campaign(address);
  }

  @Override
  public Optional<String> leader() {
    return group.leader();
  }

  @Override
  public void announce(Candidate candidate) {
    announcedAs.set(candidate.address());
    group.announce(candidate);
  }

  @Override
  public void withdraw() {
    String address = announcedAs.getAndSet(null);
    if (address != null) {
      group.withdraw(address);
    }
  }

  @Override
  public Duration candidateLease() {
    return group.timing().candidateLease();
  }

  @Override
  public List<Candidate> candidates() {
    return group.candidates();
  }
}
