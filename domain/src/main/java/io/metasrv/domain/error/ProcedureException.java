package io.metasrv.domain.error;

/**
 * A step of a procedure failed, with what the framework needs to know beside the error itself
 * (sheet 05 §8), or a procedure as a whole did. Carries the code of its cause.
 */
public final class ProcedureException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  private final boolean cleansPoisons;

  private ProcedureException(
      boolean retryable, boolean cleansPoisons, String message, MetasrvException cause) {
    super(cause.code(), retryable, message, cause);
    this.cleansPoisons = cleansPoisons;
  }

  /**
   * The step may succeed later, whatever the cause says of itself.
   *
   * @param cleansPoisons whether the procedure's poisons are removed first: nothing is half applied
   */
  public static ProcedureException retryLater(MetasrvException cause, boolean cleansPoisons) {
    return new ProcedureException(true, cleansPoisons, "Procedure exec failed", cause);
  }

  /**
   * The step will never succeed, whatever the cause says of itself.
   *
   * @param cleansPoisons whether the procedure's poisons are removed first: nothing is half applied
   */
  public static ProcedureException abort(MetasrvException cause, boolean cleansPoisons) {
    return new ProcedureException(
        false,
        cleansPoisons,
        "Failed to execute procedure due to external error, clean poisons: " + cleansPoisons,
        cause);
  }

  /**
   * What somebody who waited for a procedure is told.
   *
   * @param text says why, without the layers in between
   * @param cause the error the procedure ended with
   */
  public static ProcedureException ended(String text, MetasrvException cause) {
    return new ProcedureException(false, false, text, cause);
  }

  /** Whether the framework removes the procedure's poisons before it does anything else. */
  public boolean cleansPoisons() {
    return cleansPoisons;
  }
}
