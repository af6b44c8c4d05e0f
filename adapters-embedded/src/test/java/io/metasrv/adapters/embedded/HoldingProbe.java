package io.metasrv.adapters.embedded;

import java.util.concurrent.CountDownLatch;

/** Stops the writer right before its next sync until the test lets it go. */
final class HoldingProbe implements CommitProbe, AutoCloseable {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  public void beforeSync(int requests) {
    reached.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the writer", e);
    }
  }

  /** Waits until the writer stands before a sync. */
  void awaitHeld() throws InterruptedException {
    reached.await();
  }

  void release() {
    released.countDown();
  }

  /** Lets the writer go also where a test failed: the store could not be closed otherwise. */
  @Override
  public void close() {
    release();
  }
}
