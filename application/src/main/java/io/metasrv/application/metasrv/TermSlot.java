package io.metasrv.application.metasrv;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a component for each term and shows the latest to those who serve in that term. It lets go
 * of the component when the term ends, so that nothing reachable from a service outlives it.
 * Thread-safe.
 */
public final class TermSlot<T extends TermComponent> implements TermComponentFactory {

  private record Held<T>(Term term, T component) {}

  private final Function<TermContext, ? extends T> factory;
  private final AtomicReference<@Nullable Held<T>> held = new AtomicReference<>();

  public TermSlot(Function<TermContext, ? extends T> factory) {
    this.factory = factory;
  }

  @Override
  public TermComponent create(TermContext context) {
    Held<T> made = new Held<>(context.term(), factory.apply(context));
    held.set(made);
    context.term().onEnd(() -> held.compareAndSet(made, null));
    return made.component();
  }

  /** The component made for the term; empty if the term is over. */
  public Optional<T> of(Term term) {
    Held<T> latest = held.get();
    return latest != null && latest.term() == term
        ? Optional.of(latest.component())
        : Optional.empty();
  }
}
