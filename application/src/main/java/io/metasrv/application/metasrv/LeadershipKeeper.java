package io.metasrv.application.metasrv;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.leadership.Backoff;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.domain.leadership.RenewalPlan;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node's life as follower and leader, the same for every backend and for the simulator (sheet 02
 * §15): campaign, renew once, begin a term, start what it needs, renew while it lasts, stop what it
 * had, resign, pause for a moment, campaign again.
 *
 * <p>One task runs the whole of it and is never interrupted; what can block for long (the campaign,
 * the start of components, renewals) runs on tasks of its own that are cancelled. Whatever goes
 * wrong in one round, the next one follows.
 *
 * <p>Thread-safe. May be started again after it was stopped.
 */
public final class LeadershipKeeper implements Leadership {

  private final Election election;
  private final String address;
  private final Runtime runtime;
  private final Function<Term, TermContext> contexts;
  private final List<TermComponentFactory> factories;
  private final LeadershipJournal journal;
  private final RenewalPlan plan;
  private final Bell bell;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private @Nullable Task task;
  private volatile boolean stopping;
  private volatile LeadershipState state = new LeadershipState.Stopped();
  private volatile @Nullable LeaderTerm leading;
  private volatile Promise<Boolean> firstReady;
  private long terms;

  /**
   * @param election of the store shared with the other nodes, or a local one
   * @param address the advertised address of this node
   * @param contexts makes what a term works with, its fenced store above all
   * @param factories make the components of a term, in the order of their start
   * @throws IllegalArgumentException if the election's durations would let two nodes lead at once
   */
  public LeadershipKeeper(
      Election election,
      String address,
      Runtime runtime,
      Metrics metrics,
      EventLog events,
      Function<Term, TermContext> contexts,
      List<TermComponentFactory> factories) {
    this.election = election;
    this.address = address;
    this.runtime = runtime;
    this.contexts = contexts;
    this.factories = List.copyOf(factories);
    this.journal = new LeadershipJournal(address, runtime, metrics, events);
    this.plan =
        new RenewalPlan(
            election.leaseDuration(), election.renewalInterval(), election.renewalTimeout());
    this.bell = new Bell(runtime);
    this.firstReady = runtime.promise();
  }

  /** Begins to take part in the election. Does nothing if it does so already. */
  public void start() {
    lifecycle.lock();
    try {
      if (task == null) {
        stopping = false;
        firstReady = runtime.promise();
        state = new LeadershipState.Follower();
        journal.started();
        task = runtime.start("leadership", this::run);
      }
    } finally {
      lifecycle.unlock();
    }
  }

  /**
   * Leaves the election: ends the term if there is one, stops its components, resigns, and returns
   * when all of that is done. Does nothing if it was not started.
   */
  public void stop() throws InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      Task running = task;
      if (running != null) {
        stopping = true;
        bell.ring();
        running.join();
        task = null;
      }
    } finally {
      lifecycle.unlock();
    }
  }

  /**
   * Waits until this node has led for the first time since it was started.
   *
   * @return whether it has within the time given
   */
  public boolean awaitReady(Duration atMost) throws InterruptedException {
    return firstReady.await(atMost).isPresent();
  }

  @Override
  public String serverAddress() {
    return address;
  }

  @Override
  public Optional<Term> currentTerm() {
    return currentContext().map(TermContext::term);
  }

  @Override
  public Optional<TermContext> currentContext() {
    LeaderTerm term = leading;
    return term == null ? Optional.empty() : term.readyContext();
  }

  @Override
  public Optional<String> leaderAddress() {
    LeaderTerm term = leading;
    if (term != null && term.isHeld()) {
      return Optional.of(address);
    }
    return election.leader().filter(published -> !published.equals(address));
  }

  @Override
  public LeadershipState state() {
    LeaderTerm term = leading;
    return term == null ? state : term.state().orElse(state);
  }

  private void run() throws InterruptedException {
    try {
      int failures = 0;
      while (!stopping) {
        failures = takePart() ? 0 : failures + 1;
        pause(Backoff.ELECTION.pause(failures, runtime.random()));
      }
    } finally {
      state = new LeadershipState.Stopped();
    }
  }

  /** One round. Returns whether this node got as far as leading. */
  private boolean takePart() throws InterruptedException {
    try {
      Optional<LeaderLease> lease = campaign();
      return lease.isPresent() && lead(lease.get());
    } catch (RuntimeException failure) {
      journal.notLeading("Taking part in the election", failure);
      return false;
    }
  }

  /** Blocks until this node has won; empty if it is to stop. */
  private Optional<LeaderLease> campaign() throws InterruptedException {
    Promise<LeaderLease> won = runtime.promise();
    Task attempt =
        runtime.start(
            "campaign",
            () -> {
              try {
                won.complete(election.campaign(address));
              } catch (RuntimeException failure) {
                won.fail(failure);
              } catch (InterruptedException cancelled) {
                won.fail(new ElectionException("the campaign was called off", cancelled));
              } finally {
                // Also an Error must not leave the keeper waiting; it was reported by the runtime.
                won.fail(new ElectionException("the campaign ended with an unexpected error"));
                bell.ring();
              }
            });
    while (!won.isSettled() && !stopping) {
      bell.await();
    }
    if (!won.isSettled()) {
      attempt.cancel();
      attempt.join();
      return wonNevertheless(won);
    }
    return Optional.of(won.await());
  }

  private Optional<LeaderLease> wonNevertheless(Promise<LeaderLease> won)
      throws InterruptedException {
    try {
      return Optional.of(won.await());
    } catch (ElectionException calledOff) {
      return Optional.empty();
    }
  }

  private boolean lead(LeaderLease lease) throws InterruptedException {
    try {
      LeaseRenewer renewer = new LeaseRenewer(lease, plan, runtime, journal);
      MonotonicTime wonAt = runtime.monotonic();
      if (stopping) {
        return false;
      }
      Optional<LeaseWindow> window = renewer.first();
      if (window.isEmpty()) {
        journal.lostBeforeItBegan(lease.fence().describe());
        return false;
      }
      terms++;
      Term term = new Term(terms, address, lease.fence(), window.get(), runtime);
      LeaderTerm leader =
          new LeaderTerm(
              term, contexts.apply(term), factories, renewer, runtime, journal, bell, wonAt);
      leading = leader;
      return leader.run(() -> stopping, () -> firstReady.complete(true));
    } finally {
      leading = null;
      lease.resign();
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    MonotonicTime end = runtime.monotonic().plus(duration);
    while (!stopping && runtime.monotonic().isBefore(end)) {
      bell.await(end.since(runtime.monotonic()));
    }
  }
}
