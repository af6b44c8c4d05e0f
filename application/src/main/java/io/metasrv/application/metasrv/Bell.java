package io.metasrv.application.metasrv;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Wakes the one task that waits for something to change. Who rings has made the change before; who
 * waits looks at everything again after each return, because rings merge and waits end early.
 * Thread-safe; one waiter.
 */
public final class Bell {

  private final Runtime runtime;
  private final AtomicReference<Promise<Boolean>> next;

  public Bell(Runtime runtime) {
    this.runtime = runtime;
    this.next = new AtomicReference<>(runtime.promise());
  }

  /** Wakes the waiter, or the next one. */
  public void ring() {
    next.get().complete(true);
  }

  /** Waits for a ring that nobody has waited for yet. */
  public void await() throws InterruptedException {
    next.get().await();
    next.set(runtime.promise());
  }

  /** The same for at most the duration. */
  public void await(Duration atMost) throws InterruptedException {
    Promise<Boolean> expected = next.get();
    expected.await(atMost);
    if (expected.isSettled()) {
      next.set(runtime.promise());
    }
  }
}
