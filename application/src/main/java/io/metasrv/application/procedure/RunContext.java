package io.metasrv.application.procedure;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.journal.PoisonStore;
import io.metasrv.application.procedure.lock.LockTable;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockSet;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one step may ask; gives back what the step forgot to. For the procedure's task. */
final class RunContext implements ProcedureContext {

  private final ProcedureRun run;
  private final Registry registry;
  private final PoisonStore poisons;
  private final LockTable dynamicLocks;
  private final Runtime runtime;
  private final List<LockTable.Ticket> taken = new ArrayList<>();

  RunContext(
      ProcedureRun run,
      Registry registry,
      PoisonStore poisons,
      LockTable dynamicLocks,
      Runtime runtime) {
    this.run = run;
    this.registry = registry;
    this.poisons = poisons;
    this.dynamicLocks = dynamicLocks;
    this.runtime = runtime;
  }

  @Override
  public ProcedureId id() {
    return run.id();
  }

  @Override
  public boolean isRetrying() {
    return run.state() instanceof ProcedureState.Retrying;
  }

  @Override
  public Optional<ProcedureState> stateOf(ProcedureId other) {
    return registry.find(other).map(ProcedureRun::state);
  }

  @Override
  public void putPoison(PoisonKey key) {
    if (!run.profile().poisonKeys().contains(key)) {
      throw ProcedureErrors.poisonNotDefined(key, run.id());
    }
    poisons.put(key, run.id());
    run.note("poison put: " + key);
  }

  @Override
  public DynamicLock lock(LockKey key) throws InterruptedException {
    Promise<Boolean> granted = runtime.promise();
    LockTable.Ticket ticket =
        dynamicLocks.request(
            run.id(), LockSet.of(List.of(key)), false, () -> granted.complete(true));
    taken.add(ticket);
    granted.await();
    return ticket::close;
  }

  /** Gives back every lock of the step. */
  void endStep() {
    taken.forEach(LockTable.Ticket::close);
    taken.clear();
  }
}
