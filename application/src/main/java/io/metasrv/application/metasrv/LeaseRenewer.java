package io.metasrv.application.metasrv;

import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.domain.leadership.RenewalPlan;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a lease alive by its {@link RenewalPlan}. Each window is measured from readings taken
 * before the renewal was sent; a renewal without an answer shortens the window to the moment at
 * which the plan gives up, and is repeated until then.
 */
final class LeaseRenewer {

  private final LeaderLease lease;
  private final RenewalPlan plan;
  private final Runtime runtime;
  private final LeadershipJournal journal;

  LeaseRenewer(LeaderLease lease, RenewalPlan plan, Runtime runtime, LeadershipJournal journal) {
    this.lease = lease;
    this.plan = plan;
    this.runtime = runtime;
    this.journal = journal;
  }

  /**
   * The window of the first renewal; empty if the term was over by then.
   *
   * @throws MetasrvException if no answer came
   */
  Optional<LeaseWindow> first() throws InterruptedException {
    return renewOnce();
  }

  /** Renews until the term is over. Rings the bell when the window was shortened. */
  void keep(Term term, Bell bell) throws InterruptedException {
    boolean answered = true;
    while (term.isHeld()) {
      runtime.sleep(plan.untilNext(term.window(), runtime.monotonic()));
      if (!term.isHeld()) {
        return;
      }
      try {
        Optional<LeaseWindow> window = renewOnce();
        if (window.isEmpty()) {
          term.end("the store says that its lease is over");
          return;
        }
        term.renewed(window.get());
        answered = true;
      } catch (MetasrvException noAnswer) {
        journal.renewalFailed(term, answered, noAnswer);
        answered = false;
        term.renewed(plan.afterFailure(term.window()));
        bell.ring();
        runtime.sleep(plan.retryPause(runtime.random()));
      }
    }
  }

  private Optional<LeaseWindow> renewOnce() throws InterruptedException {
    MonotonicTime sentAt = runtime.monotonic();
    Instant sentAtWall = runtime.wallClock();
    Renewal renewal;
    try {
      renewal = lease.renew();
    } catch (MetasrvException noAnswer) {
      journal.renewalTook(runtime.monotonic().since(sentAt), "error");
      throw noAnswer;
    }
    journal.renewalTook(
        runtime.monotonic().since(sentAt), renewal == Renewal.RENEWED ? "renewed" : "lost");
    return renewal == Renewal.RENEWED
        ? Optional.of(plan.window(sentAt, sentAtWall))
        : Optional.empty();
  }
}
