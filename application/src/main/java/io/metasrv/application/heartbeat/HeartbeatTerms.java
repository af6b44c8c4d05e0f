package io.metasrv.application.heartbeat;

import io.metasrv.application.cluster.LeaderMemory;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.StreamEnd;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes a {@link HeartbeatTerm} for each term and says which one is current. The one thing of
 * heartbeats that outlives a term; holds nothing once a term is over. Thread-safe.
 */
public final class HeartbeatTerms implements TermComponentFactory {

  private final HeartbeatOptions options;
  private final HeartbeatExtensions extensions;
  private final List<HandlerRecipe> recipes;
  private final AtomicReference<Optional<HeartbeatTerm>> latest =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<HeartbeatTerm>> current =
      new AtomicReference<>(Optional.empty());

  /**
   * Puts the chain together and lets the customizers change it.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments, {@code Handler not found:
   *     NAME}) if one of them names a handler that does not exist
   */
  public HeartbeatTerms(HeartbeatOptions options, HeartbeatExtensions extensions) {
    this.options = options;
    this.extensions = extensions;
    HeartbeatChainBuilder chain =
        new HeartbeatChainBuilder(DefaultChain.recipes(options, extensions));
    extensions.customizers().forEach(customizer -> customizer.customize(chain));
    this.recipes = chain.recipes();
  }

  @Override
  public TermComponent create(TermContext context) {
    HeartbeatTerm term = new HeartbeatTerm(context, options, extensions, recipes, this);
    latest.set(Optional.of(term));
    return term;
  }

  /**
   * What was made for a term, started or not; for components made after it.
   *
   * @throws IllegalStateException if nothing was made for that term, or it is over
   */
  public HeartbeatTerm of(TermContext context) {
    return latest
        .get()
        .filter(made -> made.term() == context.term())
        .orElseThrow(() -> new IllegalStateException("no heartbeats in " + context.term()));
  }

  void started(HeartbeatTerm term) {
    current.set(Optional.of(term));
    if (!term.term().isHeld()) {
      ended(term);
    }
  }

  void ended(HeartbeatTerm term) {
    latest.updateAndGet(known -> known.filter(other -> other != term));
    current.updateAndGet(known -> known.filter(other -> other != term));
  }

  /** What belongs to the term this node holds; empty on a follower. */
  public Optional<HeartbeatTerm> current() {
    return current.get().filter(term -> term.term().isHeld());
  }

  /** The leader's memory of the current term, for service Cluster. */
  public LeaderMemory memory() {
    return () -> current().map(HeartbeatTerm::memory);
  }

  /** What can be set. */
  public HeartbeatOptions options() {
    return options;
  }

  /** Ends every stream with UNAVAILABLE: the process is going down. */
  void shutDown(String serverAddress) {
    current
        .get()
        .ifPresent(
            term -> term.parts().pushers().closeAll(new StreamEnd.ShuttingDown(serverAddress)));
  }
}
