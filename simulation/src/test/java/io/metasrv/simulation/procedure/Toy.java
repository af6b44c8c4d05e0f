package io.metasrv.simulation.procedure;

import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.PoisonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A procedure made of what a test wants. Its state is the number of the next step. */
final class Toy implements Procedure {

  static final String TYPE = TYPE_PREFIX + "Toy";

  /** A step or a rollback. */
  @FunctionalInterface
  interface Act {
    Step run(ProcedureContext context) throws InterruptedException;
  }

  /** A rollback. */
  @FunctionalInterface
  interface Undo {
    void run(ProcedureContext context) throws InterruptedException;
  }

  private final String name;
  private final List<Act> acts = new ArrayList<>();
  private final List<LockKey> locks = new ArrayList<>();
  private final List<PoisonKey> poisons = new ArrayList<>();
  private BooleanSupplier rollbackSupported = () -> false;
  private Undo undo = context -> {};
  private String padding = "";
  private String typeName = TYPE;
  int at;
  int executions;
  int rollbacks;
  int recoveries;

  Toy(String name) {
    this.name = name;
  }

  static Toy of(String name, Act... acts) {
    return new Toy(name).then(acts);
  }

  Toy then(Act... more) {
    acts.addAll(List.of(more));
    return this;
  }

  Toy locking(LockKey... keys) {
    locks.addAll(List.of(keys));
    return this;
  }

  Toy poisons(PoisonKey... keys) {
    poisons.addAll(List.of(keys));
    return this;
  }

  Toy undoneBy(Undo rollback) {
    undo = rollback;
    rollbackSupported = () -> true;
    return this;
  }

  Toy padded(int bytes) {
    padding = "x".repeat(bytes);
    return this;
  }

  Toy named(String type) {
    typeName = type;
    return this;
  }

  Toy at(int step) {
    at = step;
    return this;
  }

  @Override
  public String typeName() {
    return typeName;
  }

  /** A step that does not move {@link #at} is run again. */
  @Override
  public Step execute(ProcedureContext context) throws InterruptedException {
    executions++;
    return acts.get(Math.min(at, acts.size() - 1)).run(context);
  }

  @Override
  public boolean rollbackSupported() {
    return rollbackSupported.getAsBoolean();
  }

  @Override
  public void rollback(ProcedureContext context) throws InterruptedException {
    rollbacks++;
    undo.run(context);
  }

  @Override
  public String dump() {
    return name + " " + at + padding;
  }

  @Override
  public void recover() {
    recoveries++;
  }

  @Override
  public List<LockKey> locks() {
    return List.copyOf(locks);
  }

  @Override
  public List<PoisonKey> poisonKeys() {
    return List.copyOf(poisons);
  }

  @Override
  public String subject() {
    return name;
  }

  /** Moves to the next step and stores that. */
  Act store() {
    return context -> {
      at++;
      return Step.persisted();
    };
  }

  static Act done() {
    return context -> Step.done();
  }
}
