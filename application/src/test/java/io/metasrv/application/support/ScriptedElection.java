package io.metasrv.application.support;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.store.TermSource;
import io.metasrv.domain.error.ElectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** An election without competition that fails when a test wants it to. */
public final class ScriptedElection implements Election {

  private static final Supplier<LeaderLease.Renewal> RENEWED = () -> LeaderLease.Renewal.RENEWED;

  private final TermSource terms;
  private final Duration lease;
  private final Duration interval;
  private final Duration timeout;
  private final Semaphore wins = new Semaphore(0);
  private final ConcurrentLinkedQueue<Supplier<LeaderLease.Renewal>> renewals =
      new ConcurrentLinkedQueue<>();
  private final AtomicReference<Supplier<LeaderLease.Renewal>> otherRenewals =
      new AtomicReference<>(RENEWED);
  private final AtomicReference<Optional<String>> published =
      new AtomicReference<>(Optional.empty());
  private final AtomicInteger failingCampaigns = new AtomicInteger();
  private final AtomicInteger failingAnnouncements = new AtomicInteger();

  /** The calls made, in their order: {@code campaign}, {@code renew}, {@code resign} and so on. */
  public final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

  /** The candidates announced and not taken back. */
  public final BlockingQueue<Candidate> announced = new LinkedBlockingQueue<>();

  public ScriptedElection(TermSource terms, Duration lease, Duration interval, Duration timeout) {
    this.terms = terms;
    this.lease = lease;
    this.interval = interval;
    this.timeout = timeout;
  }

  /** Renewed often, so that waiting for a renewal costs a test little. */
  public ScriptedElection(TermSource terms) {
    this(terms, Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(200));
  }

  /** Lets this many campaigns be won. */
  public ScriptedElection winning(int times) {
    wins.release(times);
    return this;
  }

  /** The next renewal loses the lease. */
  public void loseNextRenewal() {
    renewals.add(() -> LeaderLease.Renewal.LOST);
  }

  /** The next renewals get no answer. */
  public void failNextRenewals(int times) {
    for (int i = 0; i < times; i++) {
      renewals.add(ScriptedElection::noAnswer);
    }
  }

  /** From now on no renewal gets an answer. */
  public void failAllRenewals() {
    otherRenewals.set(ScriptedElection::noAnswer);
  }

  /** Renewals succeed again. */
  public void heal() {
    otherRenewals.set(RENEWED);
  }

  public void failNextCampaigns(int times) {
    failingCampaigns.set(times);
  }

  public void failNextAnnouncements(int times) {
    failingAnnouncements.set(times);
  }

  /** What {@link #leader()} answers. */
  public void publish(Optional<String> address) {
    published.set(address);
  }

  /** How often a call was made. */
  public long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  private static LeaderLease.Renewal noAnswer() {
    throw new ElectionException("the store did not answer the renewal");
  }

  @Override
  public Duration leaseDuration() {
    return lease;
  }

  @Override
  public Duration renewalInterval() {
    return interval;
  }

  @Override
  public Duration renewalTimeout() {
    return timeout;
  }

  @Override
  public LeaderLease campaign(String address) throws InterruptedException {
    calls.add("campaign");
    if (failingCampaigns.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ElectionException("the store cannot be reached");
    }
    wins.acquire();
    published.set(Optional.of(address));
    return new Lease(terms.openTerm(address));
  }

  @Override
  public Optional<String> leader() {
    return published.get();
  }

  @Override
  public void announce(Candidate candidate) {
    calls.add("announce");
    if (failingAnnouncements.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ElectionException("the announcement could not be written");
    }
    announced.add(candidate);
  }

  @Override
  public void withdraw() {
    calls.add("withdraw");
    announced.clear();
  }

  @Override
  public Duration candidateLease() {
    return Duration.ofMillis(100);
  }

  @Override
  public List<Candidate> candidates() {
    return new ArrayList<>(announced);
  }

  private final class Lease implements LeaderLease {

    private final Fence fence;

    private Lease(Fence fence) {
      this.fence = fence;
    }

    @Override
    public Fence fence() {
      return fence;
    }

    @Override
    public Renewal renew() {
      calls.add("renew");
      Supplier<Renewal> scripted = renewals.poll();
      return (scripted == null ? otherRenewals.get() : scripted).get();
    }

    @Override
    public void resign() {
      calls.add("resign");
      published.set(Optional.empty());
      terms.closeTerm(fence);
    }
  }
}
