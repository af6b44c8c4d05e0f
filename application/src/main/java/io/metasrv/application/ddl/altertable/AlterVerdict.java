package io.metasrv.application.ddl.altertable;

import io.metasrv.application.ddl.region.RegionOutcome;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import java.util.List;
import java.util.Optional;

/**
 * What the answers of all regions mean together (sheet 06 §9): whether the table may now be half
 * altered, and whether another try can help.
 */
sealed interface AlterVerdict {

  /** All regions have the change. */
  record Applied() implements AlterVerdict {}

  /** The step failed and says how. */
  record Failed(ProcedureException error) implements AlterVerdict {}

  /** The table may be half altered for good. */
  record Poisoned(MetasrvException error) implements AlterVerdict {}

  /**
   * Judges.
   *
   * @param outcomes of one request a region
   * @param appliedBefore whether some region applied the change in an earlier try
   */
  static AlterVerdict of(List<RegionOutcome> outcomes, boolean appliedBefore) {
    List<MetasrvException> errors =
        outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
    if (errors.isEmpty()) {
      return new Applied();
    }
    boolean untouched = errors.size() == outcomes.size() && !appliedBefore;
    Optional<MetasrvException> fatal =
        errors.stream().filter(error -> !error.isRetryable()).findFirst();
    if (fatal.isEmpty()) {
      return new Failed(ProcedureException.retryLater(errors.getFirst(), untouched));
    }
    boolean allFatal = errors.stream().noneMatch(MetasrvException::isRetryable);
    return untouched && allFatal
        ? new Failed(ProcedureException.abort(fatal.get(), true))
        : new Poisoned(fatal.get());
  }
}
