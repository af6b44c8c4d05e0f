package io.metasrv.application.ddl;

import io.metasrv.application.procedure.Step;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.StoreException;

/**
 * A step that finds out itself what an earlier attempt has done, so that it may be tried again
 * after a write whose outcome nobody knows.
 */
public final class RepeatableStep {

  private RepeatableStep() {}

  /** What a step does. */
  @FunctionalInterface
  public interface Body {
    Step run() throws InterruptedException;
  }

  /**
   * Runs it.
   *
   * @throws ProcedureException retryable, if the outcome of a write is unknown
   */
  public static Step run(Body body) throws InterruptedException {
    try {
      return body.run();
    } catch (StoreException.UnknownOutcome e) {
      throw ProcedureException.retryLater(e, false);
    }
  }
}
