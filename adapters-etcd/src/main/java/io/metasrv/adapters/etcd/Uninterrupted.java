package io.metasrv.adapters.etcd;

import io.metasrv.domain.error.ElectionException;

/** How the election treats interruptions: one way for clean-ups, one for failed calls. */
final class Uninterrupted {

  private Uninterrupted() {}

  /**
   * Runs a clean-up that must not be cut short: the thread's interrupt flag is taken down for it,
   * and put up again afterwards. The clean-up itself has to be bounded in time.
   */
  static void run(Runnable cleanUp) {
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
   * @throws InterruptedException instead, if the call failed because the caller was interrupted
   */
  static ElectionException orInterruption(EtcdCallException failure, String attempted)
      throws InterruptedException {
    if (failure.interrupted()) {
      Thread.interrupted();
      throw new InterruptedException(attempted + ": interrupted");
    }
    return new ElectionException(attempted + ": " + failure.getMessage(), failure);
  }
}
