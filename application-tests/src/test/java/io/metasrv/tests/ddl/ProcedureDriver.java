package io.metasrv.tests.ddl;

import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs one procedure as the framework does, without its waits and records: steps, retries, rollback
 * (sheet 05 §7). For one run.
 */
final class ProcedureDriver implements ProcedureContext {

  private static final int MAX_RETRIES = 12;

  private final Procedure procedure;
  private final List<String> dumps = new ArrayList<>();
  private final List<PoisonKey> poisons = new ArrayList<>();
  private boolean retrying;
  private int failedSteps;
  private boolean rolledBack;

  ProcedureDriver(Procedure procedure) {
    this.procedure = procedure;
  }

  /**
   * How it ended.
   *
   * @param output if it ended well
   * @param error if it did not
   */
  record Ended(Optional<ProcedureOutput> output, Optional<MetasrvException> error) {}

  /** Runs to the end. */
  static ProcedureDriver run(Procedure procedure) throws InterruptedException {
    ProcedureDriver driver = new ProcedureDriver(procedure);
    driver.ended = Optional.of(driver.toEnd());
    procedure.ended();
    return driver;
  }

  private Optional<Ended> ended = Optional.empty();

  /** What it left; fails the test if it failed. */
  ProcedureOutput output() {
    Ended end = ended.orElseThrow();
    return end.output()
        .orElseThrow(() -> new AssertionError("the procedure failed", end.error().orElseThrow()));
  }

  /** Its error; fails the test if it ended well. */
  MetasrvException error() {
    return ended.orElseThrow().error().orElseThrow(() -> new AssertionError("it ended well"));
  }

  /** What would have been stored, in order. */
  List<String> dumps() {
    return List.copyOf(dumps);
  }

  /** The poisons it put, in order; none is ever refused. */
  List<PoisonKey> poisons() {
    return List.copyOf(poisons);
  }

  /** How many steps failed. */
  int failedSteps() {
    return failedSteps;
  }

  /** Whether it was rolled back. */
  boolean wasRolledBack() {
    return rolledBack;
  }

  /** Runs until so much was persisted and no further: the leader dies then. */
  static String crashAfter(Procedure procedure, int persisted) throws InterruptedException {
    ProcedureDriver driver = new ProcedureDriver(procedure);
    while (driver.dumps.size() < persisted) {
      Optional<Ended> end = driver.step();
      if (end.isPresent()) {
        throw new AssertionError("it ended before: " + end.get());
      }
    }
    return driver.dumps.getLast();
  }

  private Ended toEnd() throws InterruptedException {
    Optional<Ended> end = Optional.empty();
    while (end.isEmpty()) {
      end = step();
    }
    return end.get();
  }

  private Optional<Ended> step() throws InterruptedException {
    Step step;
    try {
      step = procedure.execute(this);
    } catch (MetasrvException e) {
      failedSteps++;
      if (e.isRetryable() && failedSteps <= MAX_RETRIES) {
        retrying = true;
        return Optional.empty();
      }
      rollBack();
      return Optional.of(new Ended(Optional.empty(), Optional.of(e)));
    }
    retrying = false;
    return switch (step) {
      case Step.Executing executing -> {
        if (executing.persist()) {
          dumps.add(procedure.dump());
        }
        yield Optional.empty();
      }
      case Step.Done(ProcedureOutput output) ->
          Optional.of(new Ended(Optional.of(output), Optional.empty()));
      case Step.Poisoned(MetasrvException error) ->
          Optional.of(new Ended(Optional.empty(), Optional.of(error)));
      case Step.Suspended ignored -> throw new AssertionError("children are not expected here");
    };
  }

  private void rollBack() throws InterruptedException {
    for (int i = 0; procedure.rollbackSupported(); i++) {
      try {
        procedure.rollback(this);
        rolledBack = true;
        return;
      } catch (MetasrvException e) {
        if (i == MAX_RETRIES) {
          throw new AssertionError("the rollback never succeeded", e);
        }
      }
    }
  }

  @Override
  public ProcedureId id() {
    return new ProcedureId(new UUID(1, 1));
  }

  @Override
  public boolean isRetrying() {
    return retrying;
  }

  @Override
  public Optional<ProcedureState> stateOf(ProcedureId other) {
    return Optional.empty();
  }

  @Override
  public void putPoison(PoisonKey key) {
    poisons.add(key);
  }

  @Override
  public DynamicLock lock(LockKey key) {
    return () -> {};
  }
}
