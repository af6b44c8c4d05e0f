package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.Bell;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.journal.RunJournal;
import io.metasrv.application.procedure.view.Activity;
import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.application.procedure.view.TimelineEntry;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One procedure in one term: what is known of it from its submission until it is forgotten. The
 * {@link Runner} of its task changes it; everybody may look. Thread-safe, except for the journal,
 * which belongs to the task until the end.
 */
final class ProcedureRun {

  /** What an operator wants of it. */
  enum Order {
    NONE,
    CANCEL,
    SKIP
  }

  private final Profile profile;
  private final Optional<ProcedureRun> parent;
  private final RunJournal journal;
  private final Runtime runtime;
  private final Bell bell;
  private final Promise<ProcedureState> end;
  private final Instant submittedAt;
  private final Timeline timeline = new Timeline();
  private final ReentrantLock lock = new ReentrantLock();
  private final Children children = new Children();
  private ProcedureState state;
  private Activity activity = Activity.WAITING_FOR_LOCKS;
  private Order order = Order.NONE;
  private long startMillis;
  private long endMillis;

  ProcedureRun(
      Profile profile,
      Optional<ProcedureRun> parent,
      RunJournal journal,
      ProcedureState state,
      Runtime runtime) {
    this.profile = profile;
    this.parent = parent;
    this.journal = journal;
    this.state = state;
    this.runtime = runtime;
    this.bell = new Bell(runtime);
    this.end = runtime.promise();
    this.submittedAt = runtime.wallClock();
    note(profile.recovered() ? "recovered at step " + journal.step() : "submitted");
  }

  ProcedureId id() {
    return profile.id();
  }

  Profile profile() {
    return profile;
  }

  Optional<ProcedureRun> parent() {
    return parent;
  }

  RunJournal journal() {
    return journal;
  }

  /** Rings when the task that waits has to look again. */
  Bell bell() {
    return bell;
  }

  /** Settled with the last state, or failed if the term ended first. */
  Promise<ProcedureState> whenEnded() {
    return end;
  }

  ProcedureState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  boolean isEnded() {
    return state().isTerminal();
  }

  /** It has its locks. */
  void started() {
    lock.lock();
    try {
      startMillis = runtime.wallClock().toEpochMilli();
    } finally {
      lock.unlock();
    }
    note("locks taken");
  }

  /** Moves on to another state. */
  void become(ProcedureState next) {
    lock.lock();
    try {
      if (!state.phase().mayBecome(next.phase())) {
        throw new IllegalStateException(
            "procedure %s cannot go from %s to %s"
                .formatted(id(), state.wireName(), next.wireName()));
      }
      state = next;
      if (next.isTerminal()) {
        activity = Activity.ENDED;
        endMillis = runtime.wallClock().toEpochMilli();
      }
    } finally {
      lock.unlock();
    }
    next.failure().ifPresent(error -> note("now " + next.wireName(), error));
  }

  /** Moves on to the last state and tells who waits. */
  void end(ProcedureState last) {
    become(last);
    if (last.failure().isEmpty()) {
      note("ended");
    }
    end.complete(last);
  }

  void note(String what) {
    timeline.add(
        new TimelineEntry(runtime.wallClock(), state().wireName(), what, Optional.empty()));
  }

  void note(String what, Throwable error) {
    timeline.add(
        new TimelineEntry(
            runtime.wallClock(), state().wireName(), what, Optional.of(ErrorTexts.chain(error))));
  }

  void doing(Activity now) {
    lock.lock();
    try {
      activity = now;
    } finally {
      lock.unlock();
    }
  }

  /** What an operator wants. */
  Order order() {
    lock.lock();
    try {
      return order;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives an order, unless the procedure is beyond it.
   *
   * @return why not; empty if it was given
   */
  Optional<String> give(Order wanted) {
    lock.lock();
    try {
      Optional<String> refusal =
          RunOrders.refusal(wanted, state.phase(), activity, children.anyLives());
      if (refusal.isEmpty() && order != Order.SKIP) {
        order = wanted;
      }
      return refusal;
    } finally {
      lock.unlock();
      bell.ring();
    }
  }

  /** Takes the order away, once it has been carried out. */
  void orderDone() {
    lock.lock();
    try {
      order = Order.NONE;
    } finally {
      lock.unlock();
    }
  }

  /** Its children. */
  Children children() {
    return children;
  }

  /** A child has ended: one wake-up, however many have. */
  void childHasEnded() {
    children.oneEnded();
    bell.ring();
  }

  ProcedureView view() {
    lock.lock();
    try {
      return new ProcedureView(
          id(),
          profile.typeName(),
          profile.subject(),
          parent.map(ProcedureRun::id),
          profile.recovered(),
          state,
          activity,
          submittedAt,
          startMillis,
          endMillis,
          profile.locks(),
          profile.poisonKeys(),
          children.all().stream().map(ProcedureRun::id).toList(),
          timeline.entries(),
          timeline.leftOut());
    } finally {
      lock.unlock();
    }
  }
}
