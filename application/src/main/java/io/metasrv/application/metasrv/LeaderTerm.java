package io.metasrv.application.metasrv;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.time.MonotonicTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One term from its first renewal to the end of the last thing that belonged to it. The node leads
 * from when all components have started; it is a follower again, for everybody who asks, from the
 * moment the term ends, before the first component is stopped.
 */
final class LeaderTerm {

  private final Term term;
  private final TermContext context;
  private final TermComponents components;
  private final LeaseRenewer renewer;
  private final Runtime runtime;
  private final LeadershipJournal journal;
  private final Bell bell;
  private final MonotonicTime wonAt;
  private volatile boolean ready;

  LeaderTerm(
      Term term,
      TermContext context,
      List<TermComponentFactory> factories,
      LeaseRenewer renewer,
      Runtime runtime,
      LeadershipJournal journal,
      Bell bell,
      MonotonicTime wonAt) {
    this.term = term;
    this.context = context;
    this.renewer = renewer;
    this.runtime = runtime;
    this.journal = journal;
    this.bell = bell;
    this.wonAt = wonAt;
    this.components =
        new TermComponents(
            term,
            factories.stream().map(factory -> factory.create(context)).toList(),
            runtime,
            journal,
            bell);
  }

  /**
   * Lives the term to its end.
   *
   * @param stopping whether the node is to end the term by itself
   * @param whenReady told once the node leads
   * @return whether the node ever led
   */
  boolean run(BooleanSupplier stopping, Runnable whenReady) throws InterruptedException {
    journal.elected(term);
    term.onEnd(bell::ring);
    Task renewals =
        runtime.start("renewals of term " + term.number(), () -> renewer.keep(term, bell));
    components.start();
    while (term.isHeld()) {
      if (stopping.getAsBoolean()) {
        term.end(LeadershipJournal.STOPPED);
      } else if (components.started() && !ready) {
        ready = true;
        journal.ready(term, runtime.monotonic().since(wonAt));
        whenReady.run();
      } else {
        bell.await(term.window().remaining(runtime.monotonic()));
      }
    }
    journal.steppedDown(term, String.valueOf(term.endReason()));
    renewals.cancel();
    components.stop();
    renewals.join();
    return ready;
  }

  boolean isHeld() {
    return term.isHeld();
  }

  Optional<TermContext> readyContext() {
    return ready && term.isHeld() ? Optional.of(context) : Optional.empty();
  }

  /** Empty once the term is over. */
  Optional<LeadershipState> state() {
    if (!term.isHeld()) {
      return Optional.empty();
    }
    return Optional.of(
        ready
            ? new LeadershipState.Leader(term, components.missing())
            : new LeadershipState.Elected(term, components.current()));
  }
}
