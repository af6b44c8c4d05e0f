package io.metasrv.adapters.jdbc;

import io.metasrv.domain.error.ElectionException;
import java.sql.SQLException;

/** How the election treats interruptions: one way for clean-ups, one for failed calls. */
final class Interruptions {

  private Interruptions() {}

  /**
   * Runs a clean-up that must not be cut short: the thread's interrupt flag is taken down for it,
   * and put up again afterwards. The clean-up itself has to be bounded in time.
   */
  static void shielded(Runnable cleanUp) {
    boolean interrupted = Thread.interrupted();
    try {
      cleanUp.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * The failure of a call as an election's failure.
   *
   * @throws InterruptedException instead, if the caller was interrupted meanwhile
   */
  static ElectionException orElection(Exception failure, String attempted)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(attempted + ": interrupted");
    }
    return new ElectionException(attempted + ": " + says(failure), failure);
  }

  /** What the database said. */
  static String says(Exception failure) {
    return SqlFailures.sqlError(failure)
        .map((SQLException error) -> SqlFailures.describe(error))
        .orElseGet(failure::toString);
  }
}
