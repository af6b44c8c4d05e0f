package io.metasrv.application.metasrv;

/** Makes a {@link TermComponent} for a term that has been won. Thread-safe. */
@FunctionalInterface
public interface TermComponentFactory {

  /** Makes the component without starting anything; does no I/O and does not block. */
  TermComponent create(TermContext context);
}
