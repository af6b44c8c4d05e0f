package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.port.Task;
import io.metasrv.application.procedure.journal.RecordScan;
import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.application.service.AdminService.Switch;
import io.metasrv.application.store.RuntimeSwitches;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The procedures of one term (sheet 05): takes new ones, goes on with those of former leaders, and
 * ends all of them with the term without touching what is stored. Thread-safe.
 */
public final class ProcedureManager implements TermComponent, Procedures {

  private final TermParts parts;
  private final Launcher launcher;
  private final Loaders loaders = new Loaders();
  private final RuntimeSwitches switches;
  private final RecordScan scan;
  private final StoredLoader storedLoader;
  private final ProcedureTerms owner;
  private volatile @Nullable Task housekeeping;

  ProcedureManager(TermContext context, ProcedureOptions options, ProcedureTerms owner) {
    this.parts = TermParts.of(context, options);
    this.launcher = new Launcher(parts);
    this.switches = new RuntimeSwitches(context.store());
    this.scan = new RecordScan(context.store());
    this.storedLoader = new StoredLoader(scan, loaders);
    this.owner = owner;
  }

  @Override
  public String name() {
    return "procedures";
  }

  @Override
  public void start() {
    Runnable unused = parts.term().onEnd(this::halt);
    parts.meters().quarantined(0);
    parts.measureLoad();
    launcher.open();
    List<Recovery.Clearance> garbage = new Recovery(parts, launcher, storedLoader, scan).run();
    housekeeping =
        parts.runtime().start("procedure housekeeping", new Housekeeping(parts, garbage));
    owner.started(this);
  }

  /** The term is over: at once, and without waiting, everybody is told. */
  private void halt() {
    owner.ended(this);
    launcher.halt();
    Task running = housekeeping;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void stop() throws InterruptedException {
    halt();
    Task running = housekeeping;
    if (running != null) {
      running.join();
    }
    launcher.join();
    parts.meters().load(0, 0);
  }

  /** Whether the term is still held. */
  boolean isCurrent() {
    return !launcher.isOver();
  }

  @Override
  public ProcedureId submit(Procedure procedure) {
    ProcedureId id = new ProcedureId(parts.runtime().newUuid());
    requireUnpaused();
    launcher.submit(id, procedure);
    return id;
  }

  @Override
  public boolean submitOnce(ProcedureId id, Procedure procedure) {
    if (isKnown(id)) {
      return false;
    }
    requireUnpaused();
    launcher.submit(id, procedure);
    return true;
  }

  /**
   * Starts a root procedure under an id that must be new.
   *
   * @throws MetasrvException if the id is known, or the manager is paused, stopped or full
   */
  public void submit(ProcedureId id, Procedure procedure) {
    if (!submitOnce(id, procedure)) {
      throw ProcedureErrors.duplicate(id);
    }
  }

  private boolean isKnown(ProcedureId id) {
    return parts.registry().find(id).isPresent()
        || parts.finished().contains(id)
        || parts.quarantine().find(id).isPresent();
  }

  private void requireUnpaused() {
    boolean paused;
    try {
      paused = switches.isOn(Switch.PAUSE_PROCEDURE);
    } catch (MetasrvException unreadable) {
      throw ProcedureErrors.checkStatus(unreadable);
    }
    if (paused) {
      throw ProcedureErrors.paused();
    }
  }

  @Override
  public ProcedureOutput await(ProcedureId id) throws InterruptedException {
    Optional<ProcedureRun> run = parts.registry().find(id);
    if (run.isEmpty()) {
      throw launcher.isOver() ? launcher.notLeader() : ProcedureErrors.notFound(id);
    }
    ProcedureState last;
    try {
      last = run.get().whenEnded().await();
    } catch (NotLeaderException over) {
      throw launcher.notLeader();
    }
    return switch (last) {
      case ProcedureState.Done(ProcedureOutput output) -> output;
      case ProcedureState.Failed(MetasrvException error) -> throw ended(error);
      case ProcedureState.Poisoned(MetasrvException error) -> throw ended(error);
      case ProcedureState.Running ignored -> throw unfinished(last);
      case ProcedureState.Retrying ignored -> throw unfinished(last);
      case ProcedureState.PrepareRollback ignored -> throw unfinished(last);
      case ProcedureState.RollingBack ignored -> throw unfinished(last);
    };
  }

  private static ProcedureException ended(MetasrvException error) {
    return ProcedureException.ended(ErrorTexts.rootCause(error), error);
  }

  private static IllegalStateException unfinished(ProcedureState state) {
    return new IllegalStateException("waiting ended at " + state.wireName());
  }

  @Override
  public Optional<ProcedureState> state(ProcedureId id) {
    return parts.registry().find(id).map(ProcedureRun::state);
  }

  @Override
  public void register(String typeName, ProcedureLoader loader) {
    loaders.register(typeName, loader);
  }

  /** Everything known of one procedure of this term, as long as it is remembered. */
  public Optional<ProcedureView> find(ProcedureId id) {
    return parts.registry().find(id).map(ProcedureRun::view);
  }

  /** All procedures of this term that are remembered, in the order they came. */
  public List<ProcedureView> list() {
    return parts.registry().all().stream().map(ProcedureRun::view).toList();
  }

  /** What operators see and do beyond that. */
  public ProcedureOperations operations() {
    return new ProcedureOperations(parts, launcher, storedLoader, scan);
  }
}
