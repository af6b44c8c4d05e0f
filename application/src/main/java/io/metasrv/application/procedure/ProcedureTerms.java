package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.ProcedureOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes a {@link ProcedureManager} for each term, with every type of procedure installed, and says
 * which one is current. Holds nothing once a term is over. Thread-safe.
 */
public final class ProcedureTerms implements TermComponentFactory {

  private final ProcedureOptions options;
  private final List<ProcedureTypes> types;
  private final AtomicReference<Optional<ProcedureManager>> current =
      new AtomicReference<>(Optional.empty());

  /**
   * @param types installed into each manager, in this order
   */
  public ProcedureTerms(ProcedureOptions options, List<ProcedureTypes> types) {
    this.options = options;
    this.types = List.copyOf(types);
  }

  @Override
  public TermComponent create(TermContext context) {
    ProcedureManager manager = new ProcedureManager(context, options, this);
    types.forEach(type -> type.install(context, manager));
    return manager;
  }

  void started(ProcedureManager manager) {
    current.set(Optional.of(manager));
    if (!manager.isCurrent()) {
      ended(manager);
    }
  }

  void ended(ProcedureManager manager) {
    current.updateAndGet(known -> known.filter(other -> other != manager));
  }

  /** The manager of the term this node holds; empty on a follower. */
  public Optional<ProcedureManager> current() {
    return current.get().filter(ProcedureManager::isCurrent);
  }
}
