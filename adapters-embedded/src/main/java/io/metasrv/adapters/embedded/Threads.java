package io.metasrv.adapters.embedded;

/** Waiting that must not be cut short. */
final class Threads {

  private Threads() {}

  /** Waits for the end of the thread; an interruption is kept for afterwards. */
  static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
