package io.metasrv.application.procedure;

import io.metasrv.application.port.Task;
import io.metasrv.application.procedure.journal.RunJournal;
import io.metasrv.application.procedure.journal.StoredProcedure;
import io.metasrv.application.procedure.lock.LockTable;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts the tasks of one term's procedures and ends them with the term. A procedure enters the
 * queues of its locks in the order of submission. Thread-safe.
 */
final class Launcher {

  private final TermParts parts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ProcedureId, Task> tasks = new LinkedHashMap<>();
  private boolean open;
  private volatile boolean halted;

  Launcher(TermParts parts) {
    this.parts = parts;
  }

  /** From now on procedures are taken. */
  void open() {
    lock.lock();
    try {
      open = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing may be written or started any more. */
  boolean isOver() {
    return halted || !parts.term().isHeld();
  }

  /**
   * Called between the parts of a step.
   *
   * @throws InterruptedException if the term is over
   */
  void requireTerm() throws InterruptedException {
    if (isOver()) {
      throw new InterruptedException("the term of this leader is over");
    }
  }

  /** Starts a root for a caller. */
  void submit(ProcedureId id, Procedure procedure) {
    Profile profile = Profile.of(id, procedure, false);
    RunJournal journal = parts.journal().begin(id, Optional.empty(), profile.typeName());
    launch(run(profile, Optional.empty(), journal, new ProcedureState.Running()), procedure, true);
  }

  /** Goes on with a root that another leader began; never refused for want of room. */
  void resume(StoredProcedure stored, Procedure procedure, ProcedureState state) {
    Profile profile = Profile.of(stored.id(), procedure, true);
    RunJournal journal = parts.journal().resume(stored, profile.typeName());
    launch(run(profile, Optional.empty(), journal, state), procedure, false);
  }

  /** Starts a child, unless its id is known. */
  void startChild(ProcedureRun parent, Step.Child child) {
    if (parts.registry().find(child.id()).isPresent()) {
      return;
    }
    Profile profile = Profile.of(child.id(), child.procedure(), false);
    RunJournal journal =
        parts.journal().begin(child.id(), Optional.of(parent.id()), profile.typeName());
    ProcedureRun run = run(profile, Optional.of(parent), journal, new ProcedureState.Running());
    launch(run, child.procedure(), false);
    parent.children().add(run);
  }

  private ProcedureRun run(
      Profile profile, Optional<ProcedureRun> parent, RunJournal journal, ProcedureState state) {
    return new ProcedureRun(profile, parent, journal, state, parts.runtime());
  }

  private void launch(ProcedureRun run, Procedure procedure, boolean limited) {
    lock.lock();
    try {
      requireOpen();
      int most = parts.options().maxRunningProcedures();
      if (limited && parts.registry().running() >= most) {
        throw ProcedureErrors.tooManyRunning(most);
      }
      if (!parts.registry().add(run)) {
        throw ProcedureErrors.duplicate(run.id());
      }
      LockTable.Ticket ticket =
          parts
              .locks()
              .request(run.id(), run.profile().locks(), run.parent().isPresent(), run.bell()::ring);
      Runner runner = new Runner(run, procedure, ticket, parts, this);
      tasks.put(
          run.id(),
          parts.runtime().start("%s %s".formatted(run.profile().typeName(), run.id()), runner));
    } finally {
      lock.unlock();
    }
    parts.measureLoad();
  }

  private void requireOpen() {
    if (halted) {
      throw notLeader();
    }
    if (!open) {
      throw ProcedureErrors.notStarted();
    }
  }

  /** Told by a task that it is ending. */
  void taskEnded(ProcedureId id) {
    lock.lock();
    try {
      tasks.remove(id);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends everything, without waiting for it: nothing is started any more, tasks are interrupted,
   * and who waits for a procedure is told that this node does not lead. Idempotent; does not block.
   */
  void halt() {
    List<Task> running;
    lock.lock();
    try {
      halted = true;
      running = new ArrayList<>(tasks.values());
    } finally {
      lock.unlock();
    }
    running.forEach(Task::cancel);
    parts.registry().all().forEach(run -> run.whenEnded().fail(notLeader()));
  }

  /** Waits until no task runs any more; after {@link #halt()}. */
  void join() throws InterruptedException {
    List<Task> running;
    lock.lock();
    try {
      running = new ArrayList<>(tasks.values());
    } finally {
      lock.unlock();
    }
    for (Task task : running) {
      task.join();
    }
  }

  /** What those are told who come too late. */
  NotLeaderException notLeader() {
    return new NotLeaderException(parts.context().serverAddress());
  }
}
