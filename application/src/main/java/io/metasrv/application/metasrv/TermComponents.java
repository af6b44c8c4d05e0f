package io.metasrv.application.metasrv;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The components of one term: made together, started one after the other on a task of their own,
 * stopped in the same order (sheet 02 §15). One that fails to start ends the term if it is
 * required; else it is left out.
 */
final class TermComponents {

  private static final Duration IMPATIENCE = Duration.ofSeconds(10);

  private enum Progress {
    STARTING,
    STARTED,
    FAILED
  }

  private final Term term;
  private final List<TermComponent> components;
  private final Runtime runtime;
  private final LeadershipJournal journal;
  private final Bell bell;
  private final List<TermComponent> attempted = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private volatile Progress progress = Progress.STARTING;
  private volatile String current = "";
  private @Nullable Task starter;

  TermComponents(
      Term term,
      List<TermComponent> components,
      Runtime runtime,
      LeadershipJournal journal,
      Bell bell) {
    this.term = term;
    this.components = List.copyOf(components);
    this.runtime = runtime;
    this.journal = journal;
    this.bell = bell;
  }

  /** Begins to start them; the bell rings when that has come to an end. */
  void start() {
    starter = runtime.start("start of term " + term.number(), this::startAll);
  }

  private void startAll() throws InterruptedException {
    Progress outcome = Progress.FAILED;
    try {
      if (startEach()) {
        outcome = Progress.STARTED;
      }
    } finally {
      progress = outcome;
      if (outcome == Progress.FAILED) {
        term.end("its start did not come to an end");
      }
      bell.ring();
    }
  }

  private boolean startEach() throws InterruptedException {
    for (TermComponent component : components) {
      if (!term.isHeld()) {
        return false;
      }
      current = component.name();
      attempted.add(component);
      try {
        component.start();
      } catch (RuntimeException failure) {
        journal.componentFailed(term, component, failure);
        if (component.required()) {
          term.end(
              "its component '%s' failed to start: %s"
                  .formatted(component.name(), failure.getMessage()));
          return false;
        }
        missing.add(component.name());
      }
    }
    return true;
  }

  /** Whether every component has been started or left out. */
  boolean started() {
    return progress == Progress.STARTED;
  }

  /** Name of the component that was started last. */
  String current() {
    return current;
  }

  /** Names of the components left out; complete once {@link #started()}. */
  List<String> missing() {
    return started() ? List.copyOf(missing) : List.of();
  }

  /** Ends what was started. Returns when all of it has ended. */
  void stop() throws InterruptedException {
    Task starting = starter;
    if (starting != null) {
      starting.cancel();
      while (!starting.join(IMPATIENCE)) {
        journal.stillWaiting(term, "the start of " + current);
      }
    }
    for (TermComponent component : attempted) {
      try {
        component.stop();
      } catch (RuntimeException failure) {
        journal.componentNotStopped(term, component, failure);
      }
    }
  }
}
