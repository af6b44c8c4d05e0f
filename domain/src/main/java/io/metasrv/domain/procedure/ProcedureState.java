package io.metasrv.domain.procedure;

import io.metasrv.domain.error.MetasrvException;
import java.util.Optional;

/** Where a procedure stands, as others see it (sheet 05 §3). */
public sealed interface ProcedureState {

  /** It runs, or waits for its locks. */
  record Running() implements ProcedureState {}

  /** It ended well. */
  record Done(ProcedureOutput output) implements ProcedureState {}

  /** A step failed and will be tried again. */
  record Retrying(MetasrvException error) implements ProcedureState {}

  /** It will be rolled back; the intention is not yet recorded. */
  record PrepareRollback(MetasrvException error) implements ProcedureState {}

  /** What it did is being undone. */
  record RollingBack(MetasrvException error) implements ProcedureState {}

  /** It ended without its effect, or with a part of it. */
  record Failed(MetasrvException error) implements ProcedureState {}

  /** It ended and left a poison: what it changed may be half applied. */
  record Poisoned(MetasrvException error) implements ProcedureState {}

  /** The phase alone. */
  default ProcedurePhase phase() {
    return switch (this) {
      case Running ignored -> ProcedurePhase.RUNNING;
      case Done ignored -> ProcedurePhase.DONE;
      case Retrying ignored -> ProcedurePhase.RETRYING;
      case PrepareRollback ignored -> ProcedurePhase.PREPARE_ROLLBACK;
      case RollingBack ignored -> ProcedurePhase.ROLLING_BACK;
      case Failed ignored -> ProcedurePhase.FAILED;
      case Poisoned ignored -> ProcedurePhase.POISONED;
    };
  }

  /** Whether nothing more will happen. */
  default boolean isTerminal() {
    return phase().isTerminal();
  }

  /** The error it carries. */
  default Optional<MetasrvException> failure() {
    return switch (this) {
      case Running ignored -> Optional.empty();
      case Done ignored -> Optional.empty();
      case Retrying(MetasrvException error) -> Optional.of(error);
      case PrepareRollback(MetasrvException error) -> Optional.of(error);
      case RollingBack(MetasrvException error) -> Optional.of(error);
      case Failed(MetasrvException error) -> Optional.of(error);
      case Poisoned(MetasrvException error) -> Optional.of(error);
    };
  }

  /** The text name of events and listings. */
  default String wireName() {
    return phase().wireName();
  }
}
