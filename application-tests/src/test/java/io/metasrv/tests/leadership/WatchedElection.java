package io.metasrv.tests.leadership;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Tells of each announcement once it was made. */
record WatchedElection(Election election, Queue<String> announcements) implements Election {

  @Override
  public Duration leaseDuration() {
    return election.leaseDuration();
  }

  @Override
  public Duration renewalInterval() {
    return election.renewalInterval();
  }

  @Override
  public Duration renewalTimeout() {
    return election.renewalTimeout();
  }

  @Override
  public LeaderLease campaign(String address) throws InterruptedException {
    return election.campaign(address);
  }

  @Override
  public Optional<String> leader() {
    return election.leader();
  }

  @Override
  public void announce(Candidate candidate) throws InterruptedException {
    election.announce(candidate);
    announcements.add(candidate.address());
  }

  @Override
  public void withdraw() {
    election.withdraw();
  }

  @Override
  public Duration candidateLease() {
    return election.candidateLease();
  }

  @Override
  public List<Candidate> candidates() {
    return election.candidates();
  }
}
